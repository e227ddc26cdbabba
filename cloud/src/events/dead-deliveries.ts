import { toCloudEvent } from '@fairmile/contract/domain-events/cloud-event.ts'
import type { DeadDelivery } from '@fairmile/contract/http/deliveries.ts'
import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import { and, desc, eq, lt, or, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { domainDeliveries, domainEvents } from '../db/schema/outbox.ts'
import { transactAgain } from '../db/transact-again.ts'
import { decodeCursor, numberOf, toPage } from '../http/page.ts'
import { eventsChannel } from './outbox.ts'
import { raiseDeliveries } from './raise-deliveries.ts'
import { storedEvent } from './stored-event.ts'
import { lockSubject } from './subject-lock.ts'

/** A page of the deliveries that were given up, those of the newest events first. */
export async function listDeadDeliveries(
  db: Database,
  { consumer, cursor, limit }: PageQuery & { consumer?: string | undefined },
): Promise<Page<DeadDelivery>> {
  const [eventId, after] = decodeCursor(cursor, 2) ?? []
  const { eventId: id, consumer: name, state } = domainDeliveries
  const beyond =
    eventId === undefined
      ? undefined
      : or(lt(id, numberOf(eventId)), and(eq(id, numberOf(eventId)), lt(name, after ?? '')))
  const rows = await db
    .select({ delivery: domainDeliveries, event: domainEvents })
    .from(domainDeliveries)
    .innerJoin(domainEvents, eq(domainEvents.id, id))
    .where(and(eq(state, 'dead'), consumer === undefined ? undefined : eq(name, consumer), beyond))
    .orderBy(desc(id), desc(name))
    .limit(limit + 1)
  return toPage(rows, {
    limit,
    keyOf: ({ delivery }) => [String(delivery.eventId), delivery.consumer],
    itemOf: ({ delivery, event }) => ({
      consumer: delivery.consumer,
      state: delivery.state,
      attempts: delivery.attempts,
      nextAttemptAt: delivery.nextAttemptAt.toISOString(),
      error: delivery.error,
      event: toCloudEvent(storedEvent(event)),
    }),
  })
}

/** Which dead deliveries are to be tried again. */
interface Replay {
  readonly consumer: string
  /** Of these events alone; without, the oldest first. */
  readonly eventIds?: readonly number[] | undefined
  /** At most so many. */
  readonly limit: number
}

/**
 * Gives dead deliveries another ten attempts. Each comes before what is queued of its subject, and after what is under way.
 *
 * @returns how many
 */
export function replayDeliveries(db: Database, { consumer, eventIds, limit }: Replay): Promise<number> {
  const which = eventIds && sql`AND event_id = ANY (${`{${eventIds.join(',')}}`}::text::bigint[])`
  return transactAgain(db, async (tx) => {
    // One after the other in one order of subjects, as who records events does.
    const found = await selectRows<{ eventId: string; subject: string }>(
      tx,
      sql`
        SELECT event_id::text AS "eventId", subject FROM (
          SELECT event_id, subject FROM domain_deliveries
          WHERE state = 'dead' AND consumer = ${consumer} ${which ?? sql``}
          ORDER BY event_id LIMIT ${limit}
        ) oldest ORDER BY subject, event_id`,
    )
    let replayed = 0
    for (const { eventId, subject } of found) {
      await tx.execute(sql`SELECT ${lockSubject(sql`${subject}`)}`)
      const changed = await selectRows(
        tx,
        sql`
          UPDATE domain_deliveries SET
            state = CASE WHEN EXISTS (
              SELECT 1 FROM domain_deliveries open
              WHERE open.consumer = ${consumer} AND open.subject = ${subject} AND open.state = 'ready'
            ) THEN 'queued' ELSE 'ready' END,
            attempts = 0, next_attempt_at = now()
          WHERE consumer = ${consumer} AND event_id = ${eventId}::bigint AND state = 'dead'
          RETURNING consumer`,
      )
      await tx.execute(raiseDeliveries([subject]))
      replayed += changed.length
    }
    await tx.execute(sql`SELECT pg_notify(${eventsChannel}, '')`)
    return replayed
  })
}
