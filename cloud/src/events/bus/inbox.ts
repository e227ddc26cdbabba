import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../../db/database.ts'
import { insertDeliveries, missingDelivery } from '../insert-deliveries.ts'
import { eventsChannel } from '../outbox.ts'
import { raiseDeliveries } from '../raise-deliveries.ts'
import { lockSubjects } from '../subject-lock.ts'
import type { BroughtEvent } from './bus.ts'

/**
 * Takes in what the bus brings: a delivery for each consumer, unless it has one already. From there on it is handled as
 * without a bus: in order, once in effect, tried again, given up.
 *
 * An event that is not in the outbox is another database's, or was removed long ago: it is passed over.
 * @returns how many deliveries are new
 */
export async function takeIn(db: Database, events: readonly BroughtEvent[]): Promise<number> {
  if (events.length === 0) return 0
  const ids = `{${events.map(({ id }) => id).join(',')}}`
  return db.transaction(async (tx) => {
    const event = sql`SELECT id, type, subject, background FROM domain_events WHERE id = ANY (${ids}::text::bigint[])`
    const subjects = await lockSubjects(tx, sql`(${event}) known`)
    const [row] = await selectRows<{ added: number }>(
      tx,
      sql`
        WITH event AS (${event}), delivered AS (${insertDeliveries(sql`event`, missingDelivery)} RETURNING 1)
        SELECT count(*)::int AS added, pg_notify(${eventsChannel}, '') FROM delivered`,
    )
    await tx.execute(raiseDeliveries(subjects))
    return row?.added ?? 0
  })
}
