import { createBell, type Listen } from '../bell.ts'
import type { Database } from '../db/database.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { type Handled, type Handler, handleDelivery } from './handle-delivery.ts'
import { dueConsumers } from './next-delivery.ts'
import type { ConsumerName } from './subscriptions.ts'

export type { Handler }

/** How often the table is asked when nobody says that there is something: events of other processes, and due retries. */
const pollMs = 1_000
/** A lane that nobody calls looks by itself so often. */
const laneMs = 60_000

interface ConsumerOptions {
  readonly db: Database
  /** A consumer without a handler waits: its deliveries stay pending and show in the lag. */
  readonly handlers: Readonly<Partial<Record<ConsumerName, Handler>>>
  /** Deliveries of a consumer that are handled side by side, each on a connection of its own; those of a subject never are. @default 1 */
  readonly lanes?: Readonly<Partial<Record<ConsumerName, number>>>
  readonly metrics: Metrics
  readonly log: Log
  /** Randomness for the back-off, in [0, 1). */
  readonly random?: () => number
  /**
   * Calls whenever any process has committed events; gives what ends that.
   *
   * @default nobody calls: this process alone records events, and wakes them itself
   */
  readonly listen?: Listen | undefined
}

/** The consumers of this process. */
export interface Consumers {
  start: () => void
  /** Says that an event was committed, so that nobody waits for the next poll. */
  wake: () => void
  /** Handles all that is due now, and what that brings about; for tests and the command line. */
  drain: () => Promise<void>
  /** Ends after what is being handled; may be called twice. */
  stop: () => Promise<void>
}

export function createConsumers(options: ConsumerOptions): Consumers {
  const { db, handlers, lanes = {}, metrics, log, random = Math.random, listen } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const bell = createBell()
  const names = Object.keys(handlers) as ConsumerName[]
  const laneBells = new Map(names.map((name) => [name, createBell()]))
  let running: Promise<void>[] = []
  let unlisten = async () => {}

  /** Handles one delivery of a consumer; false where none is due. */
  async function handleNext(name: ConsumerName): Promise<boolean> {
    const handler = handlers[name]
    const handled = handler && (await handleDelivery(db, { name, handler, random }))
    if (!handled) return false
    tell(name, handled)
    // What a handler recorded is for others; who listens is called by the database.
    if (!listen) bell.ring()
    return true
  }

  function tell(consumer: ConsumerName, { event, result, tries, error }: Handled): void {
    metrics.deliveries.inc({ consumer, outcome: result })
    const { id: eventId, type, correlationId, causedBy } = event
    const about = { consumer, eventId, type, correlationId, causedBy, tries }
    if (result === 'done') log.debug(about, 'event handled')
    else if (result === 'retry') log.warn({ ...about, error }, 'event to be retried')
    else log.error({ ...about, error }, 'event given up')
  }

  const failed = (consumer?: ConsumerName) => (error: unknown) =>
    log.error({ consumer, error }, 'the table of deliveries could not be read')

  /** Calls the lanes of the consumers that have something to do: one question for all of them, in place of a transaction each. */
  async function callLanes(): Promise<boolean> {
    for (const name of await dueConsumers(db, names)) laneBells.get(name)?.ring()
    return false
  }

  const runLane = (name: ConsumerName) =>
    laneBells.get(name)!.keepLooking(() => handleNext(name), { dueMs: laneMs, signal, failed: failed(name) })

  return {
    start: () => {
      if (running.length > 0) return
      running = names.flatMap((name) => Array.from({ length: lanes[name] ?? 1 }, () => runLane(name)))
      running.push(bell.keepLooking(callLanes, { dueMs: pollMs, signal, failed: failed() }))
      unlisten = bell.ringOn(listen, (error) =>
        log.warn({ error }, 'not called for new events: looked for once a second'),
      )
    },
    wake: bell.ring,
    drain: async () => {
      let handled = true
      while (handled) {
        handled = false
        for (const name of names) if (await handleNext(name)) handled = true
      }
    },
    stop: async () => {
      stopping.abort()
      await Promise.all(running)
      await unlisten()
    },
  }
}
