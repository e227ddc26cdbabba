import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { Database } from '../db/database.ts'

/** Where rating plans come from: those that were approved, also such that were withdrawn since. A map of plans is one. */
export interface PlanSource {
  get(id: string, db: Database): RatingPlan | undefined | Promise<RatingPlan | undefined>
}
