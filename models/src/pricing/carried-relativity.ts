import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'

/** The relativity that a renewed term starts from: the plan's share of the distance from one, parts per million, rounded towards one. */
export function carriedRelativity({ policy }: RatingPlan, relativityPpm: number): number {
  return 1_000_000 + Math.trunc(((relativityPpm - 1_000_000) * (policy?.carriedPpm ?? 0)) / 1_000_000)
}
