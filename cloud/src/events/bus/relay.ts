import { setTimeout as wait } from 'node:timers/promises'
import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { asc, eq, inArray, sql } from 'drizzle-orm'
import { backOffMs } from '../../back-off.ts'
import { createBell } from '../../bell.ts'
import { type Database, selectRows } from '../../db/database.ts'
import type { OpenDatabase } from '../../db/open.ts'
import { domainEvents, domainRelay } from '../../db/schema/outbox.ts'
import type { Log } from '../../log.ts'
import { eventsChannel } from '../outbox.ts'
import { storedEvent } from '../stored-event.ts'
import type { Bus } from './bus.ts'

/** Events of one send. */
const maxBatch = 500
/** How often the table is asked when nobody calls. */
const pollMs = 1_000
/** A bus that is down is asked for ever. */
const retries = { firstMs: 250, maxMs: 15_000 }
/** Any number, the same in every process: one relays at a time. */
const relayLock = 7_301_048

interface RelayOptions {
  readonly database: OpenDatabase
  readonly bus: Pick<Bus, 'publish'>
  readonly log: Log
}

/** Brings what was recorded to the bus. */
export interface Relay {
  start(): void
  /** Ends after what is under way; may be called twice. */
  stop(): Promise<void>
}

/**
 * Sends the outbox to the bus in order, by one process at a time, and forgets an event when the bus has confirmed it.
 *
 * Events of a subject become visible in the order of their numbers (see `subject-lock`), so the order of numbers is theirs.
 */
export function createRelay({ database, bus, log }: RelayOptions): Relay {
  const { db, kind, listen } = database
  const stopping = new AbortController()
  const { signal } = stopping
  const bell = createBell()
  let running: Promise<void> | null = null

  /** Sends the oldest events. @returns how many; 0 where there are none, or another process is at it */
  function relayNext(): Promise<number> {
    // The embedded database has one session, which waits for nobody while Kafka does: it needs no lock, having one process.
    if (kind === 'pglite') return sendOldest(db, bus)
    return db.transaction(async (tx) => {
      const [row] = await selectRows<{ mine: boolean }>(tx, sql`SELECT pg_try_advisory_xact_lock(${relayLock}) AS mine`)
      return row?.mine ? sendOldest(tx, bus) : 0
    })
  }

  async function run(): Promise<void> {
    const unlisten = bell.ringOn(
      (ring) => listen(eventsChannel, ring),
      (error) => log.warn({ error }, 'the relay is not called for new events: looks for them once a second'),
    )
    let failures = 0
    while (!signal.aborted) {
      const seen = bell.rings()
      try {
        const sent = await relayNext()
        if (failures > 0) log.info({ failures }, 'the bus is back')
        failures = 0
        if (sent === 0) await bell.rungOrDue(seen, pollMs, signal)
      } catch (error) {
        if (signal.aborted) break
        log.warn({ error, failures }, 'events wait: the bus did not take them')
        await wait(backOffMs(retries, failures++), undefined, { signal }).catch(() => {})
      }
    }
    await unlisten()
  }

  return {
    start: () => {
      running ??= run()
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function sendOldest(tx: Database, bus: RelayOptions['bus']): Promise<number> {
  const rows = await tx
    .select({ event: domainEvents })
    .from(domainRelay)
    .innerJoin(domainEvents, eq(domainEvents.id, domainRelay.eventId))
    .orderBy(asc(domainRelay.eventId))
    .limit(maxBatch)
  const events: StoredDomainEvent[] = rows.map(({ event }) => storedEvent(event))
  if (events.length === 0) return 0
  await bus.publish(events)
  const ids = events.map(({ id }) => id)
  await tx.delete(domainRelay).where(inArray(domainRelay.eventId, ids))
  return events.length
}
