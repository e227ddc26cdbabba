import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '../db/database.ts'
import { domainDeliveries } from '../db/schema/outbox.ts'
import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { type Delivery, nextDelivery } from './next-delivery.ts'
import { settleDelivery } from './settle-delivery.ts'
import type { ConsumerName } from './subscriptions.ts'

/** Attempts before a delivery is given up: with the back-off below three minutes on average and six at most, longer than a restart of the database. */
const maxAttempts = 10
const firstRetryMs = 1_000
const maxRetryMs = 120_000
/** How often the table is asked when nobody says that there is something: events of other processes, and due retries. */
const pollMs = 1_000
/** Longest text of an error that is kept with a delivery. */
const maxErrorLength = 1_000

/**
 * Handles one event inside the transaction that marks it handled: what it writes through `tx` happens exactly once.
 * What it does elsewhere may happen again.
 */
export type Handler = (tx: Transaction, event: StoredDomainEvent) => Promise<void>

interface ConsumerOptions {
  readonly db: Database
  /** A consumer without a handler waits: its deliveries stay pending and show in the lag. */
  readonly handlers: Readonly<Partial<Record<ConsumerName, Handler>>>
  /** Deliveries of a consumer that are handled side by side, each on a connection of its own; those of a subject never are. @default 1 */
  readonly lanes?: Readonly<Partial<Record<ConsumerName, number>>>
  readonly metrics: Metrics
  readonly log: Log
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number
  /** Randomness for the back-off, in [0, 1). */
  readonly random?: () => number
  /**
   * Calls whenever any process has committed events; gives what ends that.
   *
   * @default nobody calls: this process alone records events, and wakes them itself
   */
  readonly listen?: ((wake: () => void) => Promise<() => Promise<void>>) | undefined
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

export function createConsumers({
  db,
  handlers,
  lanes = {},
  metrics,
  log,
  now = Date.now,
  random = Math.random,
  listen,
}: ConsumerOptions): Consumers {
  const stopping = new AbortController()
  const names = Object.keys(handlers) as ConsumerName[]
  let woken = Promise.withResolvers<void>()
  let running: Promise<void>[] = []
  let listening: Promise<() => Promise<void>> | null = null

  /**
   * Handles one delivery of a consumer; false where none is due.
   *
   * A failure undoes what the handler wrote and is noted in the same transaction, so that nobody takes the delivery in
   * between. Where the database itself fails nothing is noted: that was not the event's fault.
   */
  async function handleNext(name: ConsumerName): Promise<boolean> {
    const handler = handlers[name]
    if (!handler) return false
    const outcome = await db.transaction(async (tx) => {
      const delivery = await nextDelivery(tx, name, new Date(now()))
      if (!delivery) return null
      const failure = await attempt(tx, handler, delivery)
      if (failure) return { delivery, ...(await noteFailure(tx, name, delivery, failure.error)), error: failure.error }
      const { event, attempts } = delivery
      const key = { consumer: name, eventId: event.id, subject: event.subject }
      await settleDelivery(tx, key, { state: 'done', attempts, error: null })
      return { delivery, result: 'done' as const, tries: attempts + 1, error: null }
    })
    if (!outcome) return false
    tell(name, outcome)
    return true
  }

  /** Notes that an attempt failed: it is tried again later, or given up and the next of its subject comes. */
  async function noteFailure(tx: Transaction, name: ConsumerName, { event, attempts }: Delivery, error: unknown) {
    const tries = attempts + 1
    const text = messageOf(error).replaceAll('\0', '').slice(0, maxErrorLength)
    const key = { consumer: name, eventId: event.id, subject: event.subject }
    if (tries >= maxAttempts) {
      await settleDelivery(tx, key, { state: 'dead', attempts: tries, error: text })
      return { result: 'dead' as const, tries }
    }
    const waitMs = random() * Math.min(maxRetryMs, firstRetryMs * 2 ** attempts)
    await tx
      .update(domainDeliveries)
      .set({ attempts: tries, nextAttemptAt: new Date(now() + waitMs), error: text })
      .where(and(eq(domainDeliveries.consumer, name), eq(domainDeliveries.eventId, event.id)))
    return { result: 'retry' as const, tries }
  }

  function tell(consumer: ConsumerName, { delivery: { event }, result, tries, error }: Outcome): void {
    metrics.deliveries.inc({ consumer, outcome: result })
    const { id: eventId, type, correlationId, causedBy } = event
    const about = { consumer, eventId, type, correlationId, causedBy, tries }
    if (result === 'done') log.debug(about, 'event handled')
    else if (result === 'retry') log.warn({ ...about, error }, 'event to be retried')
    else log.error({ ...about, error }, 'event given up')
  }

  async function run(name: ConsumerName): Promise<void> {
    while (!stopping.signal.aborted) {
      const call = woken.promise
      let handled = false
      try {
        handled = await handleNext(name)
        // What a handler recorded is for others; who listens is called by the database.
        if (handled && !listen) wake()
      } catch (error) {
        if (stopping.signal.aborted) return
        log.error({ consumer: name, error }, 'the table of deliveries could not be read')
      }
      if (!handled) await wakenedOrDue(call, stopping.signal)
    }
  }

  function wake(): void {
    woken.resolve()
    woken = Promise.withResolvers()
  }

  return {
    start: () => {
      if (running.length > 0) return
      running = names.flatMap((name) => Array.from({ length: lanes[name] ?? 1 }, () => run(name)))
      listening = listen?.(wake) ?? null
      listening?.catch((error: unknown) => log.warn({ error }, 'not called for new events: looked for once a second'))
    },
    wake,
    drain: async () => {
      let handled = true
      while (handled) {
        handled = false
        for (const name of names) if (await handleNext(name)) handled = true
      }
    },
    stop: async () => {
      stopping.abort()
      wake()
      await Promise.all(running)
      const unlisten = await listening?.catch(() => null)
      listening = null
      await unlisten?.()
    },
  }
}

interface Outcome {
  delivery: Delivery
  result: 'done' | 'retry' | 'dead'
  tries: number
  error: unknown
}

/** Runs a handler in a savepoint; gives its failure, or null. */
async function attempt(tx: Transaction, handler: Handler, { event }: Delivery): Promise<{ error: unknown } | null> {
  try {
    await tx.transaction((inner) => handler(inner, event))
    return null
  } catch (error) {
    return { error }
  }
}

/** Waits for a call, the next poll or the end. */
function wakenedOrDue(call: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, pollMs)
    signal.addEventListener('abort', done)
    void call.then(done)
  })
}
