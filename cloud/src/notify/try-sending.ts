import { backOffMs } from '../back-off.ts'
import type { Database } from '../db/database.ts'
import { messageOf } from '../errors.ts'
import { type Channel, UndeliverableError } from './channel.ts'
import type { Claim } from './claim-delivery.ts'
import { type Outcome, postponeDelivery } from './settle-delivery.ts'

/** Tries of a message: with the waits below they go on for three hours on average, and six at most. */
const defaultAttempts = 10
const retries = { firstMs: 60_000, maxMs: 3_600_000 }
const maxErrorLength = 500

interface TryOptions {
  readonly db: Database
  /** The sender stops: what is under way comes again. */
  readonly signal: AbortSignal
  /** Wall clock, epoch ms. */
  readonly now: () => number
  /** Randomness for the waits, in [0, 1). @default Math.random */
  readonly random: (() => number) | undefined
  /** @default 10 */
  readonly maxAttempts: number | undefined
}

/** Tries to send a message; gives what became of it, or null where it was put off. */
export async function trySending(channel: Channel, claim: Claim, options: TryOptions): Promise<Outcome | null> {
  const { db, signal, now, random, maxAttempts = defaultAttempts } = options
  const { attempt } = claim
  if (attempt > maxAttempts) return { outcome: 'dead', error: 'The process that tried last was lost' }
  try {
    const sent = await channel.send(claim, signal)
    if (sent === 'sent') return { outcome: 'sent', error: null }
    if ('dropped' in sent) return { outcome: 'dropped', error: sent.dropped }
    await postponeDelivery(db, claim, sent.waitUntilMs)
    return null
  } catch (error) {
    if (signal.aborted) {
      await postponeDelivery(db, claim, now())
      return null
    }
    const text = messageOf(error).replaceAll('\0', '').slice(0, maxErrorLength)
    if (error instanceof UndeliverableError || attempt >= maxAttempts) return { outcome: 'dead', error: text }
    return { outcome: 'retry', error: text, nextMs: now() + backOffMs(retries, attempt - 1, random) }
  }
}
