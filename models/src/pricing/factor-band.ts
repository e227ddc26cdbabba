import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { mulDiv, one } from './mul-div.ts'
import type { RatingTerms } from './rating-terms.ts'

/** Least and most of a factor, parts per million; null is no most. */
export interface Band {
  least: number
  most: number | null
}

/** A factor, and how far it may move from it: by a share of itself, rounded down; null is anywhere. */
export function around(factor: number, capPpm: number | null): Band {
  if (capPpm === null) return { least: 0, most: null }
  const change = mulDiv(factor, capPpm, one, 0)
  return { least: Math.max(0, factor - change), most: factor + change }
}

/** A factor, or the end of a band that it is beyond. */
export const within = (factor: number, { least, most }: Band): number =>
  Math.min(most ?? Number.POSITIVE_INFINITY, Math.max(least, factor))

/** What the relativity may be under a plan in a place: one alone where kilometres alone count. */
export function relativityBand({ relativity }: RatingPlan, terms: RatingTerms): { least: number; most: number } {
  if (terms.mileageOnly) return { least: one, most: one }
  return { least: relativity.minPpm, most: terms.surchargeAllowed ? relativity.maxPpm : one }
}

/** What relativity and discount together may come to under a plan in a place. */
export function behaviourBand(plan: RatingPlan, terms: RatingTerms): { least: number; most: number } {
  const { least, most } = relativityBand(plan, terms)
  return { least: mulDiv(least, one - terms.maxDiscountPpm, one), most }
}
