import type { RatingPlan, RenewedFrom } from '@fairmile/contract/rating-plan.ts'
import type { Arithmetic } from '@fairmile/contract/receipt.ts'
import { around, behaviourBand, within } from './factor-band.ts'
import { one } from './mul-div.ts'
import type { Step } from './price-step.ts'
import type { RatingTerms } from './rating-terms.ts'

/** What a start follows from. */
export interface StartInput {
  plan: RatingPlan
  terms: RatingTerms
  renewedFrom: RenewedFrom | undefined
  arithmetic: Arithmetic
}

/**
 * The factor that a term starts at, parts per million: one in a first term, else what behaviour came to in the term before, within the renewal's limit
 * of what was in force. It is held to what plan and place let behaviour do: the term before may have been of others.
 */
export function startFactor(
  step: Step,
  change: NonNullable<RatingTerms['change']>,
  { plan, terms, renewedFrom, arithmetic }: StartInput,
): number {
  const from = renewedFrom
    ? within(renewedFrom.behaviourFactorPpm, around(renewedFrom.factorInForcePpm, change.renewalCapPpm))
    : one
  const start = arithmetic < 3 ? from : within(from, behaviourBand(plan, terms))
  const limits = start === from ? '' : ', held within the limits of plan and place'
  return step(
    'start_factor',
    'ppm',
    `one in a first term; else the factor of the term before, within the limit of change at renewal${limits}`,
    start,
  )
}
