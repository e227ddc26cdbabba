import { type SQL, sql } from 'drizzle-orm'
import { backgroundConsumers } from './subscriptions.ts'

/**
 * Takes out of the background what waits there of subjects in front of a delivery that is none: that one stands behind it, and
 * is not to wait for all others in the background. What another process is handling just now is let be.
 *
 * It is a statement of its own, after the one that wrote the deliveries and with their subjects locked: it goes by what is there. Each
 * subject is a look of its own at an index, which a join would not be: by statistics of before a job that puts tens of thousands into
 * the background, to read all of it seems to be nothing.
 */
export const raiseDeliveries = (subjects: readonly string[]): SQL => sql`
  UPDATE domain_deliveries waiting SET background = false
  FROM unnest(${`{${backgroundConsumers.join(',')}}`}::text[]) AS dear (consumer),
    jsonb_array_elements_text(${JSON.stringify(subjects)}::text::jsonb) AS locked (subject),
    LATERAL (
      SELECT event_id FROM domain_deliveries held
      WHERE held.consumer = dear.consumer AND held.subject = locked.subject
        AND held.background AND held.state IN ('ready', 'queued')
        AND CASE held.state WHEN 'ready' THEN 0 ELSE held.event_id END < (
          SELECT max(behind.event_id) FROM domain_deliveries behind
          WHERE behind.consumer = held.consumer AND behind.subject = held.subject
            AND behind.state = 'queued' AND NOT behind.background)
      FOR UPDATE SKIP LOCKED
    ) raised
  WHERE waiting.consumer = dear.consumer AND waiting.event_id = raised.event_id`
