import type { z } from 'zod'
import type { eventDataV1 } from './event-data.ts'

type EventData = typeof eventDataV1

/** Kinds of domain events: what happened, in the words of the business. */
export type DomainEventType = keyof EventData

/** What a kind of event says. */
export type DomainEventData<T extends DomainEventType> = z.infer<EventData[T]>

/**
 * A domain event as it is recorded: what happened, and to whom.
 *
 * The subject is the driver's id, or the device's where no policy covers its vehicle; events of one subject are handled in
 * their order.
 */
export type DomainEvent = {
  [T in DomainEventType]: { type: T; subject: string; data: DomainEventData<T> }
}[DomainEventType]

/** What an event carries beside its words: its number, its time and where it comes from. */
export interface EventContext {
  /** Grows in the order of a subject's events. */
  id: number
  time: Date
  /** The same for all that one cause brought about: the hash of the device's batch, or a UUID of a request. */
  correlationId: string
  /** Number of the event that brought this one about; null where none did. */
  causedBy: number | null
}

/** A domain event as it is stored and handled. */
export type StoredDomainEvent<T extends DomainEventType = DomainEventType> = Extract<DomainEvent, { type: T }> &
  EventContext
