import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import type { domainEvents } from '../db/schema/outbox.ts'

/** Reads a row of the events' table: what stands there was written by `recordDomainEvents` alone. */
export const storedEvent = (row: typeof domainEvents.$inferSelect): StoredDomainEvent => row as StoredDomainEvent
