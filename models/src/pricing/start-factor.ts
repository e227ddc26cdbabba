import type { RatingPlan, RenewedFrom } from '@fairmile/contract/rating-plan.ts'
import type { Arithmetic, EndorsementOf } from '@fairmile/contract/receipt.ts'
import { around, type Band, behaviourBand, within } from './factor-band.ts'
import { one } from './mul-div.ts'
import type { Step } from './price-step.ts'
import type { RatingTerms } from './rating-terms.ts'

/** What a start follows from. */
export interface StartInput {
  plan: RatingPlan
  terms: RatingTerms
  renewedFrom: RenewedFrom | undefined
  endorsementOf: EndorsementOf | undefined
  arithmetic: Arithmetic
}

/**
 * The factor that a policy starts at, parts per million, and how far behaviour may move from there within its term.
 *
 * A first term starts at one, a renewed one at what behaviour came to in the term before, within the renewal's limit of what was in force. A policy that
 * another became within its term starts at what was in force then, and moves within the limits of where the term began: an endorsement changes facts,
 * and is no renewal. All is held to what plan and place let behaviour do, since what was before may have been of others.
 */
export function startFactor(
  step: Step,
  change: NonNullable<RatingTerms['change']>,
  { plan, terms, renewedFrom, endorsementOf, arithmetic }: StartInput,
): { start: number; band: Band } {
  const begin = (name: string, formula: string, from: number): number => {
    const value = arithmetic < 3 ? from : within(from, behaviourBand(plan, terms))
    return step(name, 'ppm', value === from ? formula : `${formula}, held within the limits of plan and place`, value)
  }
  const { midTermAllowed, midTermCapPpm, renewalCapPpm } = change
  const factors = endorsementOf?.factors
  if (factors) {
    const began = begin(
      'term_start_factor',
      'where the term began, before another policy became this',
      factors.termStartPpm,
    )
    const start = begin('start_factor', 'what was in force when another policy became this', factors.inForcePpm)
    return { start, band: midTermAllowed ? withFactor(around(began, midTermCapPpm), start) : around(start, 0) }
  }
  const start = begin(
    'start_factor',
    'one in a first term; else the factor of the term before, within the limit of change at renewal',
    renewedFrom ? within(renewedFrom.behaviourFactorPpm, around(renewedFrom.factorInForcePpm, renewalCapPpm)) : one,
  )
  return { start, band: around(start, midTermAllowed ? midTermCapPpm : 0) }
}

/** A band, wide enough for a factor. */
const withFactor = ({ least, most }: Band, factor: number): Band => ({
  least: Math.min(least, factor),
  most: most === null ? null : Math.max(most, factor),
})
