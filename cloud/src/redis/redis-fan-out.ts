import type { LiveMessage } from '@fairmile/contract/live.ts'
import { Redis } from 'ioredis'
import type { Counter } from 'prom-client'
import { z } from 'zod'
import type { FanOut } from '../live/fan-out.ts'

const channel = 'fairmile:live'
/** Messages on their way to Redis: a second of 1,000 devices. More are dropped, as they would be stale anyway. */
const maxInFlight = 1_000
/** Longest wait between two attempts to reach Redis, milliseconds. */
const maxRetryMs = 5_000

interface RedisFanOutOptions {
  readonly url: string
  readonly dropped: Counter<'reason'>
  readonly log: { warn: (details: object, message: string) => void }
}

/** The fan-out of a cloud of several processes: Redis publish/subscribe. While Redis is away, live messages are dropped, and so is what others write on its channel. */
export function createRedisFanOut({ url, dropped, log }: RedisFanOutOptions): FanOut {
  const connect = () =>
    new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.random() * Math.min(maxRetryMs, 100 * 2 ** attempt),
    })
  const sender = connect()
  const receiver = connect()
  let inFlight = 0
  let warned = false

  for (const redis of [sender, receiver]) {
    redis.on('error', (error: Error) => {
      if (!warned)
        log.warn({ error: error.message }, 'Redis is away: live messages stay in this process or are dropped')
      warned = true
    })
    redis.on('ready', () => {
      warned = false
    })
  }
  receiver.on('ready', () => {
    receiver.subscribe(channel).catch(() => undefined) // a lost connection: 'ready' comes again
  })

  return {
    publish: (message) => {
      if (inFlight >= maxInFlight || sender.status !== 'ready') {
        dropped.inc({ reason: 'redis' })
        return
      }
      inFlight++
      sender
        .publish(channel, JSON.stringify(message))
        .catch(() => dropped.inc({ reason: 'redis' }))
        .finally(() => inFlight--)
    },
    listen: (hear) => {
      receiver.on('message', (_channel: string, text: string) => {
        const message = readMessage(text)
        if (message) hear(message)
        else dropped.inc({ reason: 'foreign' })
      })
    },
    close: async () => {
      sender.disconnect()
      receiver.disconnect()
    },
  }
}

/** What identifies a message of ours; the rest of it is as one of our processes wrote it. */
const Ours = z.looseObject({
  type: z.enum([
    'driving_update',
    'safety_alert',
    'risk_score_update',
    'pricing_update',
  ] satisfies LiveMessage['type'][]),
  driverId: z.string().nullable(),
})

/** A message as it came over Redis; null where it is none of ours. */
function readMessage(text: string): LiveMessage | null {
  try {
    const message: unknown = JSON.parse(text)
    return Ours.safeParse(message).success ? (message as LiveMessage) : null
  } catch {
    return null
  }
}
