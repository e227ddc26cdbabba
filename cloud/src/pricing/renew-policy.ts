import { isTerm, lastPolicyDay, type RenewPolicyBody, termLength } from '@fairmile/contract/http/policies.ts'
import { and, eq, ne } from 'drizzle-orm'
import type { Database, Transaction } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { ProblemError } from '../http/problem.ts'
import { type BindOptions, follow, invalid, planToBegin } from './follow-policy.ts'
import { notePolicyChange } from './note-policy-change.ts'
import { lockPolicy, type PolicyRow } from './price-policy.ts'
import { voidPolicy } from './void-policy.ts'

const dayMs = 86_400_000

/**
 * Binds the next term of a policy: as long as this one, unless it is said otherwise.
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
  { planId = policy.planId, endsOn }: RenewPolicyBody,
  options: BindOptions,
): Promise<string> {
  const { id, vehicleId, state } = policy
  if (state !== 'active')
    throw new ProblemError('conflict', `Policy "${id}" is ${state}; only an active one can be renewed.`)
  const startsOn = dayAfter(policy.endsOn)
  const end = endsOn ?? endOfNext(policy)
  if (end < startsOn) throw invalid('endsOn', `the next term starts on ${startsOn} and cannot end on ${end}`)
  if (!isTerm({ startsOn, endsOn: end }))
    throw invalid('endsOn', `${termLength}, and by ${lastPolicyDay}: the next one starts on ${startsOn}`)
  await tx.update(policies).set({ state: 'renewed' }).where(eq(policies.id, id))
  const reason = 'the next term'
  await notePolicyChange(tx, id, { kind: 'renewed', onDay: startsOn, reason }, options)
  const plan = await planToBegin(tx, options, { ...policy, planId, startsOn })
  return follow(tx, policy, { startsOn, endsOn: end, plan, vehicleId, reason }, options)
}

/** The last day of a next term that is as long as this one: a year after a year, also where one of them has a leap day. */
function endOfNext({ startsOn, endsOn }: Pick<PolicyRow, 'startsOn' | 'endsOn'>): string {
  const next = dayAfter(endsOn)
  if (yearAfter(startsOn) === next) return dayAfter(yearAfter(next), -1)
  return dayAfter(next, (Date.parse(endsOn) - Date.parse(startsOn)) / dayMs)
}

const yearAfter = (day: string): string => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`

const dayAfter = (day: string, days = 1): string => new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)
