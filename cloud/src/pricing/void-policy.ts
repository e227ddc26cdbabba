import { and, eq, ne } from 'drizzle-orm'
import type { Transaction } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { trips } from '../db/schema/trips.ts'
import { ProblemError } from '../http/problem.ts'
import { notePolicyChange } from './note-policy-change.ts'
import { lockPolicy, type PolicyRow } from './price-policy.ts'

interface Why {
  reason: string
  by: string
  nowMs: number
}

const dayMs = 86_400_000

/**
 * Voids a policy that has not begun, from its first day on, and whatever was bound to follow it. The policy that it renews can be renewed anew.
 *
 * @throws ProblemError `conflict` where one of them was driven in or billed
 */
export async function voidPolicy(tx: Transaction, policy: PolicyRow, why: Why): Promise<void> {
  await voidAlone(tx, policy, why)
  if (policy.follows === null) return
  await tx
    .update(policies)
    .set({ state: 'active' })
    .where(and(eq(policies.id, policy.follows), eq(policies.state, 'renewed')))
}

/** Voids what was bound to follow a policy that ends before it was to. @throws as `voidPolicy` does */
export async function voidFollowing(tx: Transaction, policyId: string, why: Why): Promise<void> {
  const next = await tx
    .select({ id: policies.id })
    .from(policies)
    .where(and(eq(policies.follows, policyId), ne(policies.state, 'voided')))
  for (const { id } of next) {
    const policy = await lockPolicy(tx, id)
    // Whoever held it before may have voided it.
    if (policy.state !== 'voided') await voidAlone(tx, policy, why)
  }
}

async function voidAlone(tx: Transaction, policy: PolicyRow, why: Why): Promise<void> {
  const { id, startsOn, billedUntil } = policy
  const [trip] = await tx.select({ id: trips.id }).from(trips).where(eq(trips.policyId, id)).limit(1)
  if (trip || billedUntil !== null)
    throw new ProblemError(
      'conflict',
      `Policy "${id}", bound from ${startsOn} on, ${trip ? `insures trip "${trip.id}"` : 'was billed'}: it cannot be voided.`,
    )
  await voidFollowing(tx, id, why)
  const endsOn = new Date(Date.parse(startsOn) - dayMs).toISOString().slice(0, 10)
  await tx.update(policies).set({ state: 'voided', endsOn }).where(eq(policies.id, id))
  await notePolicyChange(tx, policy, { kind: 'voided', onDay: startsOn, reason: why.reason }, why)
}
