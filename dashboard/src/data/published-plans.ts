import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'

/** The rating plans that were published when these pages were built. */
export const publishedPlans: readonly RatingPlan[] = Object.values(
  import.meta.glob<RatingPlan>('../../../models/plans/*.json', { import: 'default', eager: true }),
)
