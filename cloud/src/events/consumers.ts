import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '../db/database.ts'
import { domainDeliveries } from '../db/schema/outbox.ts'
import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { StoredDomainEvent } from './domain-event.ts'
import { nextDelivery } from './next-delivery.ts'
import type { ConsumerName } from './subscriptions.ts'

/** Attempts before a delivery is given up: with the back-off below about ten minutes, longer than a restart of the database. */
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
  readonly metrics: Metrics
  readonly log: Log
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number
  /** Randomness for the back-off, in [0, 1). */
  readonly random?: () => number
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
  metrics,
  log,
  now = Date.now,
  random = Math.random,
}: ConsumerOptions): Consumers {
  const stopping = new AbortController()
  const names = Object.keys(handlers) as ConsumerName[]
  let woken = Promise.withResolvers<void>()
  let running: Promise<void>[] = []

  /** Handles one delivery of a consumer; false where none is due. */
  async function handleNext(name: ConsumerName): Promise<boolean> {
    const handler = handlers[name]
    if (!handler) return false
    let taken: { eventId: number; attempts: number } | undefined
    try {
      return await db.transaction(async (tx) => {
        const delivery = await nextDelivery(tx, name, new Date(now()))
        if (!delivery) return false
        taken = { eventId: delivery.event.id, attempts: delivery.attempts }
        await handler(tx, delivery.event)
        await tx.update(domainDeliveries).set({ state: 'done', error: null }).where(keyOf(name, delivery.event.id))
        metrics.deliveries.inc({ consumer: name, outcome: 'done' })
        return true
      })
    } catch (error) {
      if (!taken) throw error
      await recordFailure(name, taken, error)
      return true
    }
  }

  async function recordFailure(
    name: ConsumerName,
    { eventId, attempts }: { eventId: number; attempts: number },
    error: unknown,
  ): Promise<void> {
    const tries = attempts + 1
    const dead = tries >= maxAttempts
    const waitMs = random() * Math.min(maxRetryMs, firstRetryMs * 2 ** attempts)
    await db
      .update(domainDeliveries)
      .set({
        attempts: tries,
        state: dead ? 'dead' : 'pending',
        nextAttemptAt: new Date(now() + waitMs),
        error: messageOf(error).slice(0, maxErrorLength),
      })
      .where(keyOf(name, eventId))
    metrics.deliveries.inc({ consumer: name, outcome: dead ? 'dead' : 'retry' })
    log[dead ? 'error' : 'warn'](
      { consumer: name, eventId, tries, err: error },
      dead ? 'event given up' : 'event to be retried',
    )
  }

  async function run(name: ConsumerName): Promise<void> {
    while (!stopping.signal.aborted) {
      const call = woken.promise
      let handled = false
      try {
        handled = await handleNext(name)
      } catch (error) {
        if (stopping.signal.aborted) return
        log.error({ consumer: name, error }, 'the table of deliveries could not be read')
      }
      if (handled) wake()
      else await wakenedOrDue(call, stopping.signal)
    }
  }

  function wake(): void {
    woken.resolve()
    woken = Promise.withResolvers()
  }

  return {
    start: () => {
      if (running.length === 0) running = names.map(run)
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
    },
  }
}

const keyOf = (name: ConsumerName, eventId: number) =>
  and(eq(domainDeliveries.consumer, name), eq(domainDeliveries.eventId, eventId))

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
