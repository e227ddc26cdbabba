import type { Counter } from 'prom-client'
import { createBell, type Listen } from '../bell.ts'
import type { Database } from '../db/database.ts'
import type { Log } from '../log.ts'
import type { Channel } from './channel.ts'
import { type Claim, claimDelivery } from './claim-delivery.ts'
import { type Outcome, settleDelivery } from './settle-delivery.ts'
import { trySending } from './try-sending.ts'

/** Messages of a channel that are under way at once, each to another target. */
const atOnce = 4
/** How often the table is looked at when nobody calls: for what becomes due, and what another process recorded. */
const pollMs = 2_000

interface SenderOptions {
  readonly db: Database
  readonly channels: readonly Channel[]
  /** By channel and outcome. */
  readonly counter: Counter<'channel' | 'outcome'>
  readonly log: Log
  /** Wall clock, epoch ms. */
  readonly now?: () => number
  /** Randomness for the waits, in [0, 1). */
  readonly random?: () => number
  /** @default 10 */
  readonly maxAttempts?: number
  /** Calls whenever something was recorded by any process; gives what ends that. @default nobody calls */
  readonly listen?: Listen
}

/** What sends notifications. */
export interface Sender {
  start(): void
  /** Sends all that is due now; for tests. */
  drain(): Promise<void>
  /** Ends what is under way, and closes the channels; what was not sent comes again. */
  stop(): Promise<void>
}

/** Sends what is due, channel by channel, so that a slow one keeps nobody else waiting. */
export function createSender(options: SenderOptions): Sender {
  const { db, channels, counter, log, now = Date.now, random, maxAttempts, listen } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const bell = createBell()
  let running: Promise<void>[] = []
  let unlisten = async () => {}

  async function handle(channel: Channel, claim: Claim): Promise<void> {
    const result = await trySending(channel, claim, { db, signal, now, random, maxAttempts })
    if (!result) return
    await settleDelivery(db, claim, result, now())
    counter.inc({ channel: channel.name, outcome: result.outcome })
    tell(log, channel, claim, result)
  }

  /** Sends all that is due by a channel, several at once; gives back when nothing is due or under way. */
  async function sendDue(channel: Channel): Promise<void> {
    const busy = new Map<string, Promise<void>>()
    const failed = (error: unknown) =>
      log.error({ channel: channel.name, error }, 'a notification could not be settled')
    for (;;) {
      const look = { nowMs: now(), busy: [...busy.keys()] }
      const claim = signal.aborted ? null : await claimDelivery(db, channel.name, look)
      if (claim) {
        const { target } = claim
        const handled = handle(channel, claim).catch(failed)
        busy.set(
          target,
          handled.finally(() => busy.delete(target)),
        )
      } else if (busy.size === 0) return
      if (!claim || busy.size >= atOnce) await Promise.race(busy.values())
    }
  }

  const run = (channel: Channel) =>
    bell.keepLooking(() => sendDue(channel).then(() => false), {
      dueMs: pollMs,
      signal,
      failed: (error) => log.error({ channel: channel.name, error }, 'the table of notifications could not be read'),
    })

  return {
    start() {
      if (running.length > 0) return
      running = channels.map(run)
      unlisten = bell.ringOn(listen, (error) =>
        log.warn({ error }, 'not called for new notifications: looked for by itself'),
      )
    },
    drain: async () => void (await Promise.all(channels.map(sendDue))),
    async stop() {
      stopping.abort(new Error('the sender is stopping'))
      await Promise.all(running)
      await unlisten()
      for (const channel of channels) channel.close?.()
    },
  }
}

function tell(log: Log, channel: Channel, { ids, target, attempt }: Claim, { outcome, error }: Outcome): void {
  const about = { channel: channel.name, delivery: ids[0], target, tries: attempt }
  if (outcome === 'dead') log.error({ ...about, error }, 'notification given up')
  else if (outcome === 'retry') log.warn({ ...about, error }, 'notification to be retried')
  else log.debug(about, `notification ${outcome}`)
}
