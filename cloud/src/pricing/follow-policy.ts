import type { Rated, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { Transaction } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { drawPublicId } from '../drivers/public-id.ts'
import { ProblemError } from '../http/problem.ts'
import { planProblem } from '../plans/plan-problem.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import { carriedOn } from './carried-on.ts'
import { notePolicyChange } from './note-policy-change.ts'
import type { PolicyRow } from './price-policy.ts'

export interface BindOptions {
  readonly plans: PlanSource
  /** Id of the user who binds it. */
  readonly by: string
  readonly nowMs: number
}

/** Binds the policy that follows another. */
export async function follow(
  tx: Transaction,
  before: PolicyRow,
  next: { startsOn: string; endsOn: string; plan: RatingPlan; rated: Rated; vehicleId: string; reason: string },
  options: BindOptions,
): Promise<string> {
  const id = drawPublicId('POL')
  const { driverId } = before
  const { startsOn, endsOn, plan, rated, vehicleId, reason } = next
  const carried = await carriedOn(tx, before.id, plan)
  await tx.insert(policies).values({
    id,
    driverId,
    vehicleId,
    planId: plan.id,
    rated,
    startsOn,
    endsOn,
    follows: before.id,
    carried,
  })
  await notePolicyChange(tx, { id, driverId }, { kind: 'bound', onDay: startsOn, reason }, options)
  return id
}

/** A plan that is approved. @throws ProblemError `validation` where there is none */
export async function planOf(tx: Transaction, { plans }: BindOptions, planId: string): Promise<RatingPlan> {
  const plan = await plans.get(planId, tx)
  if (!plan) throw invalid('planId', `there is no approved rating plan "${planId}"; see GET /api/v1/plans`)
  return plan
}

/** The plan of a policy that begins: one that takes new policies, on that day and for what the policy tells it. @throws ProblemError `validation` */
export async function planToBegin(
  tx: Transaction,
  options: BindOptions,
  policy: Pick<PolicyRow, 'planId' | 'startsOn' | 'rated'>,
): Promise<RatingPlan> {
  const problem = await planProblem(tx, options.plans, policy)
  if (problem) throw invalid(problem.path === 'startsOn' ? 'on' : problem.path, problem.message)
  return planOf(tx, options, policy.planId)
}

/** A field of the request that cannot be as it is. */
export const invalid = (field: string, message: string): ProblemError =>
  new ProblemError('validation', message, { errors: [{ path: `json.${field}`, message }] })
