import { isTerm, lastPolicyDay, type RenewPolicyBody, termLength } from '@fairmile/contract/http/policies.ts'
import { nextTerm } from '@fairmile/models/pricing/next-term.ts'
import { and, eq, ne } from 'drizzle-orm'
import type { Database, Transaction } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { ProblemError } from '../http/problem.ts'
import { type BindOptions, follow, invalid, planToBegin } from './follow-policy.ts'
import { notePolicyChange } from './note-policy-change.ts'
import { lockPolicy, type PolicyRow } from './price-policy.ts'
import { termBegan } from './term-began.ts'
import { voidPolicy } from './void-policy.ts'

/**
 * Binds the next term of a policy: as long by the calendar as this one with what was before an endorsement (`nextTerm`), unless it is said otherwise.
 *
 * @returns the id of the one that follows
 * @throws ProblemError `conflict` for a policy that is not active, `validation` for an end before its start
 */
export function renewPolicy(
  db: Database,
  policyId: string,
  body: RenewPolicyBody,
  options: BindOptions,
): Promise<string> {
  return db.transaction(async (tx) => bindNext(tx, await lockPolicy(tx, policyId), body, options))
}

/**
 * Has a policy renew under a plan: its next term is bound, and one that is bound under another plan is voided first.
 *
 * @returns the id of the one that follows, and whose it is
 * @throws ProblemError as `renewPolicy` does; and `conflict` where the next term was driven in or billed
 */
export function renewUnder(
  db: Database,
  policyId: string,
  planId: string,
  options: BindOptions,
): Promise<{ id: string; driverId: string }> {
  return db.transaction(async (tx) => {
    await voidNext(tx, await lockPolicy(tx, policyId), { ...options, reason: `it renews under ${planId}` })
    const policy = await lockPolicy(tx, policyId)
    return { id: await bindNext(tx, policy, { planId }, options), driverId: policy.driverId }
  })
}

async function voidNext(
  tx: Transaction,
  { id, state }: PolicyRow,
  why: Parameters<typeof voidPolicy>[2],
): Promise<void> {
  if (state !== 'renewed') return
  const [next] = await tx
    .select({ id: policies.id })
    .from(policies)
    .where(and(eq(policies.follows, id), ne(policies.state, 'voided')))
  if (next) await voidPolicy(tx, await lockPolicy(tx, next.id), why)
}

async function bindNext(
  tx: Transaction,
  policy: PolicyRow,
  { planId = policy.planId, rated = policy.rated, endsOn: asked }: RenewPolicyBody,
  options: BindOptions,
): Promise<string> {
  const { id, vehicleId, state } = policy
  if (state !== 'active')
    throw new ProblemError('conflict', `Policy "${id}" is ${state}; only an active one can be renewed.`)
  const { startsOn, endsOn: asLong } = nextTerm({ startsOn: await termBegan(tx, id), endsOn: policy.endsOn })
  const endsOn = asked ?? asLong
  if (endsOn < startsOn) throw invalid('endsOn', `the next term starts on ${startsOn} and cannot end on ${endsOn}`)
  if (!isTerm({ startsOn, endsOn }))
    throw invalid('endsOn', `${termLength}, and by ${lastPolicyDay}: the next one starts on ${startsOn}`)
  await tx.update(policies).set({ state: 'renewed' }).where(eq(policies.id, id))
  const reason = 'the next term'
  await notePolicyChange(tx, policy, { kind: 'renewed', onDay: startsOn, reason }, options)
  const plan = await planToBegin(tx, options, { planId, rated, startsOn })
  return follow(tx, policy, { startsOn, endsOn, plan, rated, vehicleId, reason }, options)
}
