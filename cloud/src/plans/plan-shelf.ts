import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { parseRatingPlan } from '@fairmile/models/pricing/rating-plan.ts'
import { and, eq, isNotNull } from 'drizzle-orm'
import { ratingPlans } from '../db/schema/plans.ts'
import type { PlanSource } from './plan-source.ts'

/** The approved plans of the table. What was approved never changes, so each is read once, and one that another process approves is found when it is first asked for. */
export function createPlanShelf(): PlanSource {
  const known = new Map<string, RatingPlan>()
  return {
    async get(id, db) {
      const there = known.get(id)
      if (there) return there
      const [row] = await db
        .select({ body: ratingPlans.body })
        .from(ratingPlans)
        .where(and(eq(ratingPlans.id, id), isNotNull(ratingPlans.approvedAt)))
      if (!row) return undefined
      const plan = parseRatingPlan(row.body)
      known.set(id, plan)
      return plan
    },
  }
}
