import type { CancelPolicyBody, EndorsePolicyBody } from '@fairmile/contract/http/policies.ts'
import { and, eq, gte } from 'drizzle-orm'
import type { Database, Transaction } from '../db/database.ts'
import { policies, vehicles } from '../db/schema/people.ts'
import { trips } from '../db/schema/trips.ts'
import { drawPublicId } from '../drivers/public-id.ts'
import { ProblemError } from '../http/problem.ts'
import { ratedProblem } from '../plans/plan-problem.ts'
import { billedAtOnce, billNextPeriod } from './bill.ts'
import { type BindOptions, follow, invalid, planOf, planToBegin } from './follow-policy.ts'
import { notePolicyChange } from './note-policy-change.ts'
import { lockPolicy, type PolicyRow, type PricePolicy } from './price-policy.ts'
import { termOf } from './term-of.ts'
import { undoPolicy } from './undo-policy.ts'
import { voidFollowing } from './void-policy.ts'

const dayMs = 86_400_000

interface ChangeOptions extends BindOptions {
  readonly price: PricePolicy
}

/**
 * Ends a policy early: what stands still is charged to that day alone. What was billed beyond it comes back, and what was not billed yet is, all in
 * one transaction. What was bound to follow it is voided, also what it becomes by an endorsement whose day has not come; and so is the policy itself
 * where it is cancelled on its first day, which has not come (`undoPolicy`).
 *
 * @throws ProblemError `conflict` for a policy that was cancelled, voided or is another already, with trips on or after that day, or followed by one
 *   that was driven in; `validation` for a day outside of the term
 */
export async function cancelPolicy(
  db: Database,
  policyId: string,
  { on, reason }: CancelPolicyBody,
  options: ChangeOptions,
): Promise<void> {
  await db.transaction(async (tx) => {
    const policy = await lockRunning(tx, policyId, { orEndorsedAt: options.nowMs })
    const hasBegun = Date.parse(policy.startsOn) <= options.nowMs
    if (on === policy.startsOn && !hasBegun) await undoPolicy(tx, policy, { reason, ...options })
    else await endEarly(tx, policy, { on, state: 'cancelled', reason }, options)
  })
}

/**
 * Makes another car, plan or rating of a policy from a day on: the policy ends there as if it were cancelled, and the one that follows it has the rest of
 * the term and starts from the relativity that the plan carries on. A plan that stays need not take new policies.
 *
 * @returns the id of the one that follows
 * @throws ProblemError as `cancelPolicy` does; and `conflict` where the plan does not allow it, or the other one is of another currency
 */
export function endorsePolicy(
  db: Database,
  policyId: string,
  { on, planId, rated, vehicle, reason }: EndorsePolicyBody,
  options: ChangeOptions,
): Promise<string> {
  return db.transaction(async (tx) => {
    const policy = await lockRunning(tx, policyId)
    const plan = await planOf(tx, options, policy.planId)
    if (plan.policy?.endorsable === false)
      throw new ProblemError('conflict', `The plan "${plan.id}" allows no change within a term; cancel and bind anew.`)
    const told = rated ?? policy.rated
    const goesOn = planId === undefined || planId === plan.id
    const next = goesOn ? plan : await planToBegin(tx, options, { planId, rated: told, startsOn: on })
    const problem = ratedProblem(next, told)
    if (problem !== null) throw invalid('rated', problem)
    if (next.currency !== plan.currency)
      throw new ProblemError(
        'conflict',
        `The plan "${next.id}" is in ${next.currency}, this policy in ${plan.currency}.`,
      )
    const vehicleId = vehicle ? drawPublicId('VEH') : policy.vehicleId
    if (vehicle) await tx.insert(vehicles).values({ id: vehicleId, name: vehicle.name })
    await endEarly(tx, policy, { on, state: 'endorsed', reason }, options)
    const term = { startsOn: on, endsOn: policy.endsOn }
    return follow(tx, policy, { ...term, plan: next, rated: told, vehicleId, reason }, options)
  })
}

/**
 * Locks a policy that ends when its term does, whether or not the next one is bound.
 *
 * @param orEndorsedAt one that becomes another after this moment will do too, UTC epoch milliseconds
 */
async function lockRunning(
  tx: Transaction,
  policyId: string,
  { orEndorsedAt = Number.POSITIVE_INFINITY } = {},
): Promise<PolicyRow> {
  // What a policy follows is locked first, as where that one is changed.
  const [known] = await tx.select({ follows: policies.follows }).from(policies).where(eq(policies.id, policyId))
  if (known?.follows) await lockPolicy(tx, known.follows)
  // Also against who gives it trips: it may end earlier.
  const policy = await lockPolicy(tx, policyId, 'update')
  const { state } = policy
  if (state === 'active' || state === 'renewed') return policy
  if (state !== 'endorsed')
    throw new ProblemError('conflict', `Policy "${policyId}" is ${state}: there is nothing left to change.`)
  if (termOf(policy).endsAt > orEndorsedAt) return policy
  throw new ProblemError('conflict', `Policy "${policyId}" is endorsed: change the one that follows it.`)
}

async function endEarly(
  tx: Transaction,
  policy: PolicyRow,
  { on, state, reason }: { on: string; state: 'cancelled' | 'endorsed'; reason: string },
  options: ChangeOptions,
): Promise<void> {
  const { id, startsOn, endsOn, state: before } = policy
  const last = dayBefore(on)
  // What becomes another can also end without it, on that one's first day.
  if (on <= startsOn || (before === 'endorsed' ? last : on) > endsOn)
    throw invalid('on', `the policy is of ${startsOn} to ${endsOn}: it can end on a day after its first`)
  const [trip] = await tx
    .select({ id: trips.id })
    .from(trips)
    .where(and(eq(trips.policyId, id), gte(trips.startAt, new Date(Date.parse(on)))))
    .limit(1)
  if (trip)
    throw new ProblemError(
      'conflict',
      `Trip "${trip.id}" began on ${on} or later and is insured by it; take a later day.`,
    )
  await voidFollowing(tx, id, { reason, ...options })
  await tx.update(policies).set({ endsOn: last, state }).where(eq(policies.id, id))
  const changeId = await notePolicyChange(tx, policy, { kind: state, onDay: on, reason }, options)
  // The day would not do: an endorsement that is undone can be bound anew on it.
  await options.price(tx, id, { cause: `change ${changeId}` })
  // What is left over is the job's.
  for (let n = 0; n < billedAtOnce; n++) {
    const { billed } = await billNextPeriod(tx, id, { price: options.price, until: options.nowMs })
    if (billed === null) break
  }
}

const dayBefore = (day: string): string => new Date(Date.parse(day) - dayMs).toISOString().slice(0, 10)
