import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'

/** A road that domain events take from the outbox to the inbox, and to whoever else listens. */
export interface Bus {
  /**
   * Sends events in their order, by subject; ends when the bus has confirmed all of them.
   *
   * Where it throws, some may have arrived: they are sent again, and who receives them passes over what it has.
   */
  publish(events: readonly StoredDomainEvent[]): Promise<void>
  /** Begins to bring events, in order by subject; what was brought while `take` threw is brought again. */
  subscribe(take: (events: readonly StoredDomainEvent[]) => Promise<void>): void
  /** Ends after what is under way; may be called twice. */
  close(): Promise<void>
}
