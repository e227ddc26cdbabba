import { toCloudEvent } from '@fairmile/contract/domain-events/cloud-event.ts'
import type { DeliveredEvent, Delivery, DomainEventFilter } from '@fairmile/contract/http/deliveries.ts'
import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { domainDeliveries, domainEvents } from '../db/schema/outbox.ts'
import { decodeCursor, numberOf, toPage } from '../http/page.ts'
import { storedEvent } from './stored-event.ts'

/** A page of domain events with their deliveries, the newest first: of one cause, of a subject, or all. */
export async function listDomainEvents(
  db: Database,
  { correlationId, subject, cursor, limit }: PageQuery & DomainEventFilter,
): Promise<Page<DeliveredEvent>> {
  const [after] = decodeCursor(cursor, 1) ?? []
  const rows = await db
    .select()
    .from(domainEvents)
    .where(
      and(
        correlationId === undefined ? undefined : eq(domainEvents.correlationId, correlationId),
        subject === undefined ? undefined : eq(domainEvents.subject, subject),
        after === undefined ? undefined : lt(domainEvents.id, numberOf(after)),
      ),
    )
    .orderBy(desc(domainEvents.id))
    .limit(limit + 1)
  const deliveries = await deliveriesOf(
    db,
    rows.map(({ id }) => id),
  )
  return toPage(rows, {
    limit,
    keyOf: ({ id }) => [String(id)],
    itemOf: (row) => ({ event: toCloudEvent(storedEvent(row)), deliveries: deliveries.get(row.id) ?? [] }),
  })
}

async function deliveriesOf(db: Database, ids: number[]): Promise<Map<number, Delivery[]>> {
  const found = new Map<number, Delivery[]>()
  if (ids.length === 0) return found
  const rows = await db
    .select()
    .from(domainDeliveries)
    .where(inArray(domainDeliveries.eventId, ids))
    .orderBy(asc(domainDeliveries.consumer))
  for (const { eventId, consumer, state, attempts, nextAttemptAt, error } of rows) {
    const delivery = { consumer, state, attempts, nextAttemptAt: nextAttemptAt.toISOString(), error }
    found.set(eventId, [...(found.get(eventId) ?? []), delivery])
  }
  return found
}
