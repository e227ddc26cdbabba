import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { mulDiv, one } from './mul-div.ts'
import type { Step } from './price-step.ts'
import type { RatingTerms } from './rating-terms.ts'

interface OutsideInput {
  plan: RatingPlan
  terms: RatingTerms
  premiumMinor: number
  /** The policy that became this one within its term: the fees came with that one. */
  endorsementOf: string | undefined
}

/** Lines after the premium: fees of the term, and taxes on both. The premium itself stays what it is. */
export function outsideSteps(step: Step, { plan, terms, premiumMinor, endorsementOf }: OutsideInput): void {
  let taxed = premiumMinor
  for (const { name, amountMinor } of plan.outside?.fees ?? [])
    taxed +=
      endorsementOf === undefined
        ? step(`fee: ${name}`, 'minor', 'for the term, whatever is driven', amountMinor)
        : step(`fee: ${name}`, 'minor', 'for the term: it came with the policy that became this one', 0)
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
