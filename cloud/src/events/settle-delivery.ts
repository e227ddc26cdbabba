import { sql } from 'drizzle-orm'
import type { Transaction } from '../db/database.ts'
import { lockSubject } from './subject-lock.ts'
import type { ConsumerName } from './subscriptions.ts'

/** One delivery, by its key and subject. */
export interface DeliveryKey {
  readonly consumer: ConsumerName
  readonly eventId: number
  readonly subject: string
}

/**
 * Settles a delivery, as handled or given up, and makes the next of its subject ready.
 *
 * It is the last thing that its transaction does: the subject is locked by it.
 */
export async function settleDelivery(
  tx: Transaction,
  { consumer, eventId, subject }: DeliveryKey,
  { state, attempts, error }: { state: 'done' | 'dead'; attempts: number; error: string | null },
): Promise<void> {
  await tx.execute(sql`
    WITH locked AS MATERIALIZED (SELECT ${lockSubject(sql`${subject}`)} AS held)
    UPDATE domain_deliveries SET state = ${state}, attempts = ${attempts}, error = ${error}
    FROM locked
    WHERE consumer = ${consumer} AND event_id = ${eventId}`)
  await readyNext(tx, { consumer, subject })
}

/** Makes the first queued delivery of a subject ready, where none is. The subject has to be locked. */
async function readyNext(
  tx: Transaction,
  { consumer, subject }: Pick<DeliveryKey, 'consumer' | 'subject'>,
): Promise<void> {
  await tx.execute(sql`
    UPDATE domain_deliveries SET state = 'ready'
    WHERE consumer = ${consumer} AND event_id = (
      SELECT min(event_id) FROM domain_deliveries
      WHERE consumer = ${consumer} AND subject = ${subject} AND state = 'queued'
    ) AND NOT EXISTS (
      SELECT 1 FROM domain_deliveries
      WHERE consumer = ${consumer} AND subject = ${subject} AND state = 'ready'
    )`)
}
