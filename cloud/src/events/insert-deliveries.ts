import { type SQL, sql } from 'drizzle-orm'
import { subscriptionRows } from './subscriptions.ts'

/**
 * Writes the deliveries of events for all who subscribed to them, but for webhooks where none wants to be told. The first of a consumer and
 * subject is ready, unless one is open already: the others wait behind it. All are due at once, by the clock of the database:
 * that of who recorded the event may be ahead of those who handle it. What background work brought about is in the background
 * of those consumers alone that have one.
 *
 * The subjects have to be locked before, in a statement of its own: a subject's open deliveries are only sure then, and which there are.
 * @param from tables, one of them `event (id, type, subject, background)`
 * @param where which of its rows, and of `wanted (consumer)`: none that has its delivery
 */
export const insertDeliveries = (from: SQL, where: SQL): SQL => sql`
  INSERT INTO domain_deliveries (consumer, event_id, subject, state, next_attempt_at, background)
  SELECT wanted.consumer, event.id, event.subject,
    CASE row_number() OVER (PARTITION BY wanted.consumer, event.subject ORDER BY event.id) WHEN 1
      THEN coalesce((${openOf('ready')}), (${openOf('queued')}), 'ready') ELSE 'queued' END,
    now(), event.background AND wanted.background
  FROM (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(subscriptionRows)}::text::jsonb) AS given (type text, consumer text, background boolean)
      WHERE consumer <> 'webhook' OR EXISTS (SELECT FROM webhooks WHERE enabled AND type = ANY (event_types))
    ) AS wanted,
    ${from}
  WHERE wanted.type = event.type AND ${where}`

/**
 * That a subject's next delivery is queued, where one is open in a state; one look at an index. (As EXISTS the planner would rather read all that are
 * open at once, which by statistics of before a job that records tens of thousands is nothing.)
 */
const openOf = (state: 'ready' | 'queued'): SQL => sql`
  SELECT 'queued' FROM domain_deliveries open
  WHERE open.consumer = wanted.consumer AND open.subject = event.subject AND open.state = ${sql.raw(`'${state}'`)} LIMIT 1`

/** Of events that may have been given their deliveries before: those that are missing. */
export const missingDelivery: SQL = sql`
  NOT EXISTS (SELECT 1 FROM domain_deliveries had WHERE had.consumer = wanted.consumer AND had.event_id = event.id)`
