import type { CreatePolicyBody } from '@fairmile/contract/http/policies.ts'
import type { Rated, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { ratesOf } from '@fairmile/models/pricing/plan-rates.ts'
import { ratingTerms } from '@fairmile/models/pricing/rating-terms.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { ratingPlans } from '../db/schema/plans.ts'
import type { PlanSource } from './plan-source.ts'

/** Why a policy cannot be written under the plan that it names, and in which field; null where it can. */
export async function planProblem(
  db: Database,
  plans: PlanSource,
  { planId, startsOn, rated }: Pick<CreatePolicyBody, 'planId' | 'startsOn' | 'rated'>,
): Promise<{ path: 'planId' | 'startsOn' | 'rated'; message: string } | null> {
  const plan = await plans.get(planId, db)
  if (!plan) return { path: 'planId', message: `there is no approved rating plan "${planId}"; see GET /api/v1/plans` }
  const [row] = await db.select({ state: ratingPlans.state }).from(ratingPlans).where(eq(ratingPlans.id, planId))
  if (row?.state === 'withdrawn')
    return { path: 'planId', message: `rating plan "${planId}" was withdrawn: it takes no new policies` }
  const { effectiveFrom, effectiveUntil } = plan
  // Plans of the first format were sold before their day, too.
  if (plan.format === 2 && (startsOn < effectiveFrom || (effectiveUntil !== undefined && startsOn > effectiveUntil)))
    return {
      path: 'startsOn',
      message: `rating plan "${planId}" takes policies that begin from ${effectiveFrom}${effectiveUntil ? ` to ${effectiveUntil}` : ''}`,
    }
  const message = ratedProblem(plan, rated)
  return message === null ? null : { path: 'rated', message }
}

/** Why a plan cannot price what a policy tells it; null where it can. */
export function ratedProblem(plan: RatingPlan, rated: Rated): string | null {
  try {
    ratingTerms(plan, rated)
    ratesOf(plan, rated, (_name, _unit, _formula, value) => value)
    return null
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return error.message
  }
}
