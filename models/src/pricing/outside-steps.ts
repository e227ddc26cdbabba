import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { EndorsementOf, Receipt } from '@fairmile/contract/receipt.ts'
import { mulDiv, one } from './mul-div.ts'
import type { Step } from './price-step.ts'
import type { RatingTerms } from './rating-terms.ts'

interface OutsideInput {
  plan: RatingPlan
  terms: RatingTerms
  premiumMinor: number
  /** The policy that became this one within its term, and the fees that came before: these are not charged again. */
  endorsementOf: EndorsementOf | undefined
}

/** Lines after the premium: fees of the term, and taxes on both. The premium itself stays what it is. */
export function outsideSteps(step: Step, { plan, terms, premiumMinor, endorsementOf }: OutsideInput): void {
  const charged = new Set(endorsementOf?.fees.map(({ name }) => name))
  let taxed = premiumMinor
  for (const { name, amountMinor } of plan.outside?.fees ?? [])
    taxed += charged.has(name)
      ? step(`${fee}${name}`, 'minor', 'for the term: it came with the policy that became this one', 0)
      : step(`${fee}${name}`, 'minor', 'for the term, whatever is driven', amountMinor)
  let payable = taxed
  for (const { name, ratePpm } of terms.taxes)
    payable += step(
      `tax: ${name}`,
      'minor',
      `${ratePpm / 10_000} % of premium and fees, rounded half up`,
      mulDiv(taxed, ratePpm, one),
    )
  step('payable', 'minor', 'premium + fees + taxes', payable)
}

/** The fees of a term to date, minor units: what a receipt charges, and what came before the policy that it is of. */
export function feesCharged(receipt: Receipt): EndorsementOf['fees'] {
  const before = receipt.format === 'fairmile-receipt/2' ? (receipt.endorsementOf?.fees ?? []) : []
  const own = receipt.steps
    .filter(({ name, value }) => isFee(name) && value > 0)
    .map(({ name, value }) => ({ name: name.slice(fee.length), amountMinor: value }))
  return [...before, ...own]
}

/** Whether a step with that name is of a fee. */
export const isFee = (name: string): boolean => name.startsWith(fee)

const fee = 'fee: '
