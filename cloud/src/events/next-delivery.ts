import { sql } from 'drizzle-orm'
import { selectRows, type Transaction } from '../db/database.ts'
import type { StoredDomainEvent } from './domain-event.ts'
import type { ConsumerName } from './subscriptions.ts'

/** A delivery that is due, locked until its transaction ends. */
export interface Delivery {
  readonly event: StoredDomainEvent
  /** How often it failed already. */
  readonly attempts: number
}

/**
 * Takes the oldest due delivery of a consumer, the first of its subject: a subject waits behind its own failures, and
 * nobody else does. Other processes skip what is taken here.
 */
export async function nextDelivery(tx: Transaction, consumer: ConsumerName, at: Date): Promise<Delivery | null> {
  const [row] = await selectRows<{
    id: string
    attempts: number
    type: string
    subject: string
    timeMs: number
    data: unknown
  }>(
    tx,
    sql`
      SELECT e.id::text AS id, d.attempts, e.type, e.subject, e.data,
        (extract(epoch FROM e.time) * 1000)::float8 AS "timeMs"
      FROM domain_deliveries d
      JOIN domain_events e ON e.id = d.event_id
      WHERE d.consumer = ${consumer} AND d.state = 'pending' AND d.next_attempt_at <= ${at.toISOString()}::timestamptz
        AND NOT EXISTS (
          SELECT 1 FROM domain_deliveries earlier
          WHERE earlier.consumer = d.consumer AND earlier.subject = d.subject
            AND earlier.state = 'pending' AND earlier.event_id < d.event_id
        )
      ORDER BY d.event_id
      LIMIT 1
      FOR UPDATE OF d SKIP LOCKED`,
  )
  if (!row) return null
  const { type, subject, data } = row
  const event = { id: Number(row.id), time: new Date(row.timeMs), type, subject, data } as StoredDomainEvent
  return { event, attempts: row.attempts }
}
