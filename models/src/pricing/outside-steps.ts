import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { mulDiv, one } from './mul-div.ts'
import type { Step } from './price-step.ts'
import type { RatingTerms } from './rating-terms.ts'

/** Lines after the premium: fees of the term, and taxes on both. The premium itself stays what it is. */
export function outsideSteps(
  step: Step,
  { plan, terms, premiumMinor }: { plan: RatingPlan; terms: RatingTerms; premiumMinor: number },
): void {
  let taxed = premiumMinor
  for (const { name, amountMinor } of plan.outside?.fees ?? [])
    taxed += step(`fee: ${name}`, 'minor', 'for the term, whatever is driven', amountMinor)
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
