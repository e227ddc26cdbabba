import type { Counter } from 'prom-client'
import type { Database } from '../db/database.ts'
import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'
import { type Channel, UndeliverableError } from './channel.ts'
import { type Claim, claimDelivery } from './claim-delivery.ts'
import { type Outcome, postponeDelivery, settleDelivery } from './settle-delivery.ts'

/** Tries of a message: with the waits below they go on for three hours on average, and six at most. */
const defaultAttempts = 10
const firstRetryMs = 60_000
const maxRetryMs = 3_600_000
/** Messages of a channel that are under way at once, each to another target. */
const atOnce = 4
/** How often the table is looked at when nobody calls: for what becomes due, and what another process recorded. */
const pollMs = 2_000
const maxErrorLength = 500

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
  readonly listen?: (wake: () => void) => Promise<() => Promise<void>>
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
  const {
    db,
    channels,
    counter,
    log,
    now = Date.now,
    random = Math.random,
    maxAttempts = defaultAttempts,
    listen,
  } = options
  const stopping = new AbortController()
  let woken = Promise.withResolvers<void>()
  let running: Promise<void>[] = []
  let listening: Promise<() => Promise<void>> | null = null

  async function trySending(channel: Channel, claim: Claim): Promise<Outcome | null> {
    if (claim.attempt > maxAttempts) return { outcome: 'dead', error: 'The process that tried last was lost' }
    try {
      const sent = await channel.send(claim, stopping.signal)
      if (sent === 'sent') return { outcome: 'sent', error: null }
      if ('dropped' in sent) return { outcome: 'dropped', error: sent.dropped }
      await postponeDelivery(db, claim, sent.waitUntilMs)
    } catch (error) {
      if (!stopping.signal.aborted) return outcomeOf(error, claim)
      await postponeDelivery(db, claim, now())
    }
    return null
  }

  function outcomeOf(error: unknown, { attempt }: Claim): Outcome {
    const text = messageOf(error).replaceAll('\0', '').slice(0, maxErrorLength)
    if (error instanceof UndeliverableError || attempt >= maxAttempts) return { outcome: 'dead', error: text }
    const waitMs = random() * Math.min(maxRetryMs, firstRetryMs * 2 ** (attempt - 1))
    return { outcome: 'retry', error: text, nextMs: now() + waitMs }
  }

  async function handle(channel: Channel, claim: Claim): Promise<void> {
    const result = await trySending(channel, claim)
    if (!result) return
    await settleDelivery(db, claim, result, now())
    counter.inc({ channel: channel.name, outcome: result.outcome })
    const about = { channel: channel.name, delivery: claim.ids[0], target: claim.target, tries: claim.attempt }
    if (result.outcome === 'dead') log.error({ ...about, error: result.error }, 'notification given up')
    else if (result.outcome === 'retry') log.warn({ ...about, error: result.error }, 'notification to be retried')
    else log.debug(about, `notification ${result.outcome}`)
  }

  /** Sends all that is due by a channel, several at once; gives back when nothing is due or under way. */
  async function sendDue(channel: Channel): Promise<void> {
    const busy = new Map<string, Promise<void>>()
    for (;;) {
      const claim = stopping.signal.aborted
        ? null
        : await claimDelivery(db, channel.name, { nowMs: now(), busy: [...busy.keys()] })
      if (claim) {
        const { target } = claim
        const failed = (error: unknown) =>
          log.error({ channel: channel.name, error }, 'a notification could not be settled')
        busy.set(
          target,
          handle(channel, claim)
            .catch(failed)
            .finally(() => busy.delete(target)),
        )
      } else if (busy.size === 0) return
      if (!claim || busy.size >= atOnce) await Promise.race(busy.values())
    }
  }

  async function run(channel: Channel): Promise<void> {
    while (!stopping.signal.aborted) {
      const call = woken.promise
      try {
        await sendDue(channel)
      } catch (error) {
        if (!stopping.signal.aborted)
          log.error({ channel: channel.name, error }, 'the table of notifications could not be read')
      }
      await calledOrDue(call, stopping.signal)
    }
  }

  function wake(): void {
    woken.resolve()
    woken = Promise.withResolvers()
  }

  return {
    start() {
      if (running.length > 0) return
      running = channels.map(run)
      listening = listen?.(wake) ?? null
      listening?.catch((error: unknown) =>
        log.warn({ error }, 'not called for new notifications: looked for by itself'),
      )
    },
    drain: async () => void (await Promise.all(channels.map(sendDue))),
    async stop() {
      stopping.abort(new Error('the sender is stopping'))
      await Promise.all(running)
      const unlisten = await listening?.catch(() => null)
      listening = null
      await unlisten?.()
      for (const channel of channels) channel.close?.()
    },
  }
}

/** Waits for a call, the next look or the end. */
function calledOrDue(call: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, pollMs)
    signal.addEventListener('abort', done)
    void call.then(done)
    if (signal.aborted) done()
  })
}
