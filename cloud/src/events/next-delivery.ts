import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows, type Transaction } from '../db/database.ts'
import type { ConsumerName } from './subscriptions.ts'

/** A delivery that is due, locked until its transaction ends. */
export interface Delivery {
  readonly event: StoredDomainEvent
  /** How often it failed already. */
  readonly attempts: number
}

/**
 * Takes the delivery of a consumer that is due the longest; of background work where nothing else is due. Of each subject one alone is ready, so no order can be broken;
 * other processes skip what is taken here.
 *
 * It reads the front of an index, however many deliveries wait: a subject that waits for its next attempt stands behind
 * what is due, and what is queued behind it is not in that index. What is due is said by the clock of the database alone.
 */
export async function nextDelivery(tx: Transaction, consumer: ConsumerName): Promise<Delivery | null> {
  return (await takeDue(tx, consumer, false)) ?? (await takeDue(tx, consumer, true))
}

async function takeDue(tx: Transaction, consumer: ConsumerName, background: boolean): Promise<Delivery | null> {
  const [row] = await selectRows<{
    id: string
    attempts: number
    type: string
    subject: string
    timeMs: number
    data: unknown
    correlationId: string
    causedBy: string | null
  }>(
    tx,
    sql`
      SELECT e.id::text AS id, d.attempts, e.type, e.subject, e.data,
        (extract(epoch FROM e.time) * 1000)::float8 AS "timeMs",
        e.correlation_id AS "correlationId", e.caused_by::text AS "causedBy"
      FROM domain_deliveries d
      JOIN domain_events e ON e.id = d.event_id
      WHERE d.consumer = ${consumer} AND d.state = 'ready' AND d.background = ${background}
        AND d.next_attempt_at <= statement_timestamp()
      ORDER BY d.next_attempt_at, d.event_id
      LIMIT 1
      FOR UPDATE OF d SKIP LOCKED`,
  )
  if (!row) return null
  const { id, type, subject, timeMs, data, correlationId, causedBy, attempts } = row
  const context = { id: Number(id), time: new Date(timeMs), correlationId, causedBy: causedBy && Number(causedBy) }
  return { event: { type, subject, data, ...context } as StoredDomainEvent, attempts }
}

/** Those of the consumers that have a delivery that is due, by the front of the same index; another process may have taken it. */
export async function dueConsumers(db: Database, names: readonly ConsumerName[]): Promise<ConsumerName[]> {
  const rows = await selectRows<{ name: ConsumerName }>(
    db,
    sql`
      SELECT DISTINCT name FROM unnest(${sql.param([...names])}::text[]) AS name
      CROSS JOIN (VALUES (false), (true)) AS is_of (background)
      CROSS JOIN LATERAL (
        SELECT FROM domain_deliveries d
        WHERE d.consumer = name AND d.state = 'ready' AND d.background = is_of.background
          AND d.next_attempt_at <= statement_timestamp()
        ORDER BY d.next_attempt_at LIMIT 1
      ) AS due`,
  )
  return rows.map(({ name }) => name)
}
