import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Invalidation } from '../cache/far.ts'
import { isPathPattern } from '../cache/glob.ts'
import { connectRedis, type Redis } from './connection.ts'
import { keepAlive } from './keep-alive.ts'

interface EarOptions {
  readonly url: string
  readonly channel: string
  /** After so many milliseconds without a word from Redis, nothing is taken as heard. */
  readonly boundMs: number
  /** Told what other processes invalidate, and `all` when the connection is new: something may have passed meanwhile. */
  readonly heard: (what: Invalidation) => void
  /** Told of a message that is none of ours. */
  readonly foreign: () => void
}

/** Hears the invalidations of other processes. */
export interface Ear {
  readonly redis: Redis
  /** Goes with messages of this process, which it does not hear again. */
  readonly id: string
  /** Whether every invalidation until now, less the bound, was heard. */
  hears: () => boolean
  close: () => void
}

/** Listens on the cache's channel; asks on and on whether the line still lives, since a dead one may say nothing. */
export function createEar({ url, channel, boundMs, heard, foreign }: EarOptions): Ear {
  const id = randomUUID()
  const redis = connectRedis(url)
  const line = keepAlive(redis, boundMs)
  let subscribed = false

  redis.on('close', () => {
    subscribed = false
  })
  redis.on('ready', () => {
    redis.subscribe(channel).then(
      () => {
        heard({ all: true })
        subscribed = true
      },
      () => undefined, // a lost connection: 'ready' comes again
    )
  })
  redis.on('message', (_channel: string, text: string) => {
    const message = readMessage(text)
    if (message === null) foreign()
    else if (message.by !== id) heard(message.what)
  })
  return {
    redis,
    id,
    hears: () => subscribed && line.isAlive(),
    close: () => {
      line.stop()
      redis.disconnect()
    },
  }
}

const Message = z.union([
  z.strictObject({ by: z.string(), tags: z.array(z.string()) }),
  z.strictObject({ by: z.string(), pattern: z.string().refine(isPathPattern) }),
  z.strictObject({ by: z.string(), all: z.literal(true) }),
])

function readMessage(text: string): { by: string; what: Invalidation } | null {
  try {
    const { by, ...what } = Message.parse(JSON.parse(text))
    return { by, what }
  } catch {
    return null
  }
}
