import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'

/** What the bus brings of an event: which it is. All else stands in the outbox, in the words of the release that recorded it. */
export type BroughtEvent = Pick<StoredDomainEvent, 'id'>

/** A road that domain events take from the outbox to the inbox, and to whoever else listens. */
export interface Bus {
  /**
   * Sends events in their order, by subject; ends when the bus has confirmed all of them.
   *
   * Where it throws, some may have arrived: they are sent again, and who receives them passes over what it has.
   */
  publish(events: readonly StoredDomainEvent[]): Promise<void>
  /** Begins to bring events, in order by subject; what was brought while `take` threw is brought again. */
  subscribe(take: (events: readonly BroughtEvent[]) => Promise<void>): void
  /** Ends after what is under way; may be called twice. */
  close(): Promise<void>
}
