import { ne, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../../db/database.ts'
import { domainBus } from '../../db/schema/outbox.ts'
import { insertDeliveries, missingDelivery } from '../insert-deliveries.ts'
import { raiseDeliveries } from '../raise-deliveries.ts'
import { lockSubjects } from '../subject-lock.ts'

/** Events that change roads in one transaction. */
const batch = 1_000

/**
 * Says which road events take from now on, for all processes of the database. Where that is no longer Kafka, what it has
 * not confirmed goes straight into the deliveries, and so does what it has confirmed and nobody took in.
 */
export async function chooseRoad(db: Database, kind: 'table' | 'kafka'): Promise<void> {
  await db.update(domainBus).set({ kind }).where(ne(domainBus.kind, kind))
  if (kind === 'kafka') return
  while ((await bringOver(db)) === batch);
  for (let from: string | null = '0'; from !== null; ) from = await bringUntaken(db, from)
}

/**
 * Delivers events that have no delivery at all: straight ones have theirs from the start, and what comes by the bus is given
 * all of its own at once, so these were sent to Kafka and not brought back. A consumer that came later gets nothing old.
 * @param from the number after which to look
 * @returns the number to go on from; null at the end
 */
function bringUntaken(db: Database, from: string): Promise<string | null> {
  return db.transaction(async (tx) => {
    const found = await selectRows<{ id: string }>(
      tx,
      sql`
        SELECT id::text FROM domain_events e
        WHERE id > ${from}::bigint AND NOT EXISTS (SELECT 1 FROM domain_deliveries d WHERE d.event_id = e.id)
        ORDER BY e.id LIMIT ${batch}`,
    )
    const last = found.at(-1)
    if (!last) return null
    const event = sql`
      SELECT id, type, subject, background FROM domain_events
      WHERE id = ANY (${`{${found.map(({ id }) => id).join(',')}}`}::text::bigint[])`
    const subjects = await lockSubjects(tx, sql`(${event}) untaken`)
    await tx.execute(sql`WITH event AS (${event}) ${insertDeliveries(sql`event`, missingDelivery)}`)
    await tx.execute(raiseDeliveries(subjects))
    return found.length < batch ? null : last.id
  })
}

/** Brings the oldest events of the relay to the deliveries. @returns how many */
function bringOver(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const oldest = sql`SELECT event_id FROM domain_relay ORDER BY event_id LIMIT ${batch}`
    const subjects = await lockSubjects(tx, sql`domain_events WHERE id IN (${oldest})`)
    const rows = await selectRows<{ moved: number }>(
      tx,
      sql`
        WITH moved AS (
          DELETE FROM domain_relay WHERE event_id IN (${oldest}) RETURNING event_id
        ), event AS (
          SELECT e.id, e.type, e.subject, e.background FROM domain_events e JOIN moved ON moved.event_id = e.id
        ), delivered AS (${insertDeliveries(sql`event`, missingDelivery)})
        SELECT count(*)::int AS moved FROM moved`,
    )
    await tx.execute(raiseDeliveries(subjects))
    return rows[0]?.moved ?? 0
  })
}
