import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { and, eq, sql } from 'drizzle-orm'
import { backOffMs } from '../back-off.ts'
import type { Database, Transaction } from '../db/database.ts'
import { domainDeliveries } from '../db/schema/outbox.ts'
import { messageOf } from '../errors.ts'
import { nextDelivery } from './next-delivery.ts'
import { raiseDeliveries } from './raise-deliveries.ts'
import { settleDelivery } from './settle-delivery.ts'
import { lockSubject } from './subject-lock.ts'
import { type ConsumerName, subscriptions } from './subscriptions.ts'

/** Attempts before a delivery is given up: with the back-off below three minutes on average and six at most, longer than a restart of the database. */
const maxAttempts = 10
const retries = { firstMs: 1_000, maxMs: 120_000 }
/** Longest text of an error that is kept with a delivery. */
const maxErrorLength = 1_000

/**
 * Handles one event inside the transaction that marks it handled: what it writes through `tx` happens exactly once.
 * What it does elsewhere may happen again.
 */
export type Handler = (tx: Transaction, event: StoredDomainEvent) => Promise<void>

interface HandleOptions {
  readonly name: ConsumerName
  readonly handler: Handler
  /** Randomness for the back-off, in [0, 1). */
  readonly random: () => number
}

/** What became of a delivery. */
export interface Handled {
  readonly event: StoredDomainEvent
  readonly result: 'done' | 'retry' | 'dead'
  readonly tries: number
  /** What the handler threw; null where it did not. */
  readonly error: unknown
}

/**
 * Handles the delivery of a consumer that is due the longest; null where none is due.
 *
 * A failure undoes what the handler wrote and is noted in the same transaction, so that nobody takes the delivery in
 * between. Where the database itself fails nothing is noted: that was not the event's fault.
 */
export async function handleDelivery(db: Database, options: HandleOptions): Promise<Handled | null> {
  const { name, handler, random } = options
  return db.transaction(async (tx) => {
    const delivery = await nextDelivery(tx, name)
    if (!delivery) return null
    const { event } = delivery
    const tries = delivery.attempts + 1
    const key = { consumer: name, eventId: event.id, subject: event.subject }
    const failure = await attempt(tx, handler, event)
    if (!failure) {
      await settleDelivery(tx, key, { state: 'done', attempts: delivery.attempts, error: null })
      return { event, result: 'done', tries, error: null }
    }
    const { error } = failure
    const text = messageOf(error).replaceAll('\0', '').slice(0, maxErrorLength)
    if (tries >= maxAttempts) {
      await settleDelivery(tx, key, { state: 'dead', attempts: tries, error: text })
      return { event, result: 'dead', tries, error }
    }
    const waitS = backOffMs(retries, delivery.attempts, random) / 1_000
    // From the end of the attempt on: "now()" is its beginning.
    const nextAttemptAt = sql`clock_timestamp() + make_interval(secs => ${waitS})`
    await tx
      .update(domainDeliveries)
      .set({ attempts: tries, nextAttemptAt, error: text })
      .where(and(eq(domainDeliveries.consumer, name), eq(domainDeliveries.eventId, event.id)))
    // Who recorded something behind it meanwhile let it be, as it was being handled.
    await tx.execute(sql`SELECT ${lockSubject(sql`${event.subject}`)}`)
    await tx.execute(raiseDeliveries([event.subject]))
    return { event, result: 'retry', tries, error }
  })
}

/** Runs a handler in a savepoint; gives its failure, or null. An event that a newer release recorded is one: it is left to that, not passed over. */
async function attempt(
  tx: Transaction,
  handler: Handler,
  event: StoredDomainEvent,
): Promise<{ error: unknown } | null> {
  try {
    if (!Object.hasOwn(subscriptions, event.type))
      throw new Error(
        `handling a "${event.type}": this release knows no such event; take the newer one in all processes`,
      )
    await tx.transaction((inner) => handler(inner, event))
    return null
  } catch (error) {
    return { error }
  }
}
