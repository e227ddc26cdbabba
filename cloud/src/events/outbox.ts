import type { Transaction } from '../db/database.ts'
import { domainDeliveries, domainEvents } from '../db/schema/outbox.ts'
import type { DomainEvent } from './domain-event.ts'
import { subscriptions } from './subscriptions.ts'

/**
 * Records a domain event and its deliveries in the transaction that made it true: both happen or neither.
 *
 * @param options.at wall clock of the event, default now; deliveries are due at once
 * @returns the event's number
 */
export async function recordDomainEvent(
  tx: Pick<Transaction, 'insert'>,
  event: DomainEvent,
  { at = new Date() } = {},
): Promise<number> {
  const { type, subject, data } = event
  const [row] = await tx
    .insert(domainEvents)
    .values({ type, subject, data, time: at })
    .returning({ id: domainEvents.id })
  if (!row) throw new Error(`recording a ${type} of "${subject}" returned no number`)
  const consumers = subscriptions[type]
  if (consumers.length > 0)
    await tx
      .insert(domainDeliveries)
      .values(consumers.map((consumer) => ({ consumer, eventId: row.id, subject, nextAttemptAt: at })))
  return row.id
}
