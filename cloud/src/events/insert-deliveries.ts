import { type SQL, sql } from 'drizzle-orm'
import { subscriptionRows } from './subscriptions.ts'

/**
 * Writes the deliveries of events for all who subscribed to them; what is there already stays. The first of a consumer and
 * subject is ready, unless one is open already: the others wait behind it. All are due at once, by the clock of the database:
 * that of who recorded the event may be ahead of those who handle it. What background work brought about is in the background
 * of those consumers alone that have one.
 *
 * The subjects have to be locked before, in a statement of its own: a subject's open deliveries are only sure then.
 * @param from tables, one of them `event (id, type, subject, background)`
 * @param where which of its rows
 */
export const insertDeliveries = (from: SQL, where: SQL): SQL => sql`
  INSERT INTO domain_deliveries (consumer, event_id, subject, state, next_attempt_at, background)
  SELECT wanted.consumer, event.id, event.subject,
    CASE WHEN
      row_number() OVER (PARTITION BY wanted.consumer, event.subject ORDER BY event.id) > 1
      OR EXISTS (
        SELECT 1 FROM domain_deliveries open
        WHERE open.consumer = wanted.consumer AND open.subject = event.subject AND open.state = 'ready')
      OR EXISTS (
        SELECT 1 FROM domain_deliveries open
        WHERE open.consumer = wanted.consumer AND open.subject = event.subject AND open.state = 'queued')
    THEN 'queued' ELSE 'ready' END,
    now(), event.background AND wanted.background
  FROM jsonb_to_recordset(${JSON.stringify(subscriptionRows)}::text::jsonb)
      AS wanted (type text, consumer text, background boolean),
    ${from}
  WHERE wanted.type = event.type AND ${where}
    AND NOT EXISTS (SELECT 1 FROM domain_deliveries had WHERE had.consumer = wanted.consumer AND had.event_id = event.id)
  ON CONFLICT (consumer, event_id) DO NOTHING`
