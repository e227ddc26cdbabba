import { and, eq, inArray } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { notificationAttempts, notificationDeliveries } from '../db/schema/notification-deliveries.ts'
import type { Claim } from './claim-delivery.ts'

/** How a try ended. */
export type Outcome =
  | { readonly outcome: 'sent'; readonly error: null }
  | { readonly outcome: 'dropped' | 'dead'; readonly error: string }
  | { readonly outcome: 'retry'; readonly error: string; readonly nextMs: number }

/** Notes how a try of what was claimed ended; nothing where somebody else has taken it since. */
export async function settleDelivery(db: Database, claim: Claim, result: Outcome, nowMs: number): Promise<void> {
  const at = new Date(nowMs)
  const { outcome, error } = result
  const change =
    outcome === 'retry' ? { nextAttemptAt: new Date(result.nextMs), error } : { state: outcome, settledAt: at, error }
  await db.transaction(async (tx) => {
    const settled = await tx
      .update(notificationDeliveries)
      .set(change)
      .where(mine(claim))
      .returning({ id: notificationDeliveries.id })
    if (settled.length === 0) return
    await tx
      .insert(notificationAttempts)
      .values(settled.map(({ id }) => ({ deliveryId: id, attempt: claim.attempt, at, outcome, error })))
      .onConflictDoNothing()
  })
}

/** Gives back what may not go out yet, as if it had not been tried. */
export async function postponeDelivery(db: Database, claim: Claim, untilMs: number): Promise<void> {
  const attempts = claim.attempt - 1
  await db
    .update(notificationDeliveries)
    .set({ attempts, nextAttemptAt: new Date(untilMs) })
    .where(mine(claim))
}

const mine = ({ ids, attempt }: Claim) =>
  and(
    inArray(notificationDeliveries.id, [...ids]),
    eq(notificationDeliveries.state, 'ready'),
    eq(notificationDeliveries.attempts, attempt),
  )
