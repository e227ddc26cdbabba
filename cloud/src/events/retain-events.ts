import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'

/** Days that handled events are kept: an admin may follow a price of the last quarter to its batch. */
const defaultDays = 90
/** Events of one transaction: short enough to hold nobody up. */
const batch = 5_000

/**
 * Removes domain events that are older than so many days, with their deliveries. What waits or was given up stays, and so
 * does what the bus has not confirmed.
 *
 * @returns how many events
 */
export async function retainDomainEvents(
  db: Database,
  { now, days = defaultDays, signal }: { now: number; days?: number; signal?: AbortSignal },
): Promise<{ removed: number }> {
  const before = new Date(now - days * 86_400_000).toISOString()
  let removed = 0
  let from = 0
  for (;;) {
    signal?.throwIfAborted()
    const [found] = await selectRows<{ seen: number; removed: number; last: string | null }>(
      db,
      sql`
        WITH old AS (
          SELECT id FROM domain_events WHERE id > ${from} AND time < ${before}::timestamptz ORDER BY id LIMIT ${batch}
        ), gone AS (
          SELECT id FROM old
          WHERE NOT EXISTS (SELECT 1 FROM domain_deliveries d WHERE d.event_id = old.id AND d.state <> 'done')
            AND NOT EXISTS (SELECT 1 FROM domain_relay r WHERE r.event_id = old.id)
        ), deliveries AS (
          DELETE FROM domain_deliveries d USING gone WHERE d.event_id = gone.id RETURNING 1
        ), events AS (
          DELETE FROM domain_events e USING gone WHERE e.id = gone.id RETURNING 1
        )
        SELECT (SELECT count(*)::int FROM old) AS seen, (SELECT count(*)::int FROM events) AS removed,
          (SELECT max(id)::text FROM old) AS last, (SELECT count(*)::int FROM deliveries) AS deliveries`,
    )
    removed += found?.removed ?? 0
    if (!found?.last || found.seen < batch) return { removed }
    from = Number(found.last)
  }
}
