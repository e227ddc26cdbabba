import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../../db/database.ts'
import { insertDeliveries } from '../insert-deliveries.ts'
import { lockSubject } from '../subject-lock.ts'

/** Events that change roads in one transaction. */
const batch = 1_000

/**
 * Says which road events take from now on, for all processes of the database. Where that is no longer Kafka, what it has
 * not confirmed goes straight into the deliveries.
 */
export async function chooseRoad(db: Database, kind: 'table' | 'kafka'): Promise<void> {
  await db.execute(sql`UPDATE domain_bus SET kind = ${kind} WHERE kind <> ${kind}`)
  if (kind === 'kafka') return
  while ((await bringOver(db)) === batch);
}

/** Brings the oldest events of the relay to the deliveries. @returns how many */
function bringOver(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const oldest = sql`SELECT event_id FROM domain_relay ORDER BY event_id LIMIT ${batch}`
    await tx.execute(sql`
      SELECT ${lockSubject(sql`subject`)} FROM (
        SELECT DISTINCT subject FROM domain_events WHERE id IN (${oldest}) ORDER BY 1
      ) subjects`)
    const rows = await selectRows<{ moved: number }>(
      tx,
      sql`
        WITH moved AS (
          DELETE FROM domain_relay WHERE event_id IN (${oldest}) RETURNING event_id
        ), event AS (
          SELECT e.id, e.type, e.subject, e.time FROM domain_events e JOIN moved ON moved.event_id = e.id
        ), delivered AS (${insertDeliveries(sql`event`, sql`true`)})
        SELECT count(*)::int AS moved FROM moved`,
    )
    return rows[0]?.moved ?? 0
  })
}
