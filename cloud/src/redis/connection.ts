import { Redis } from 'ioredis'

export type { Redis }

/** First wait before Redis is tried again, milliseconds; it doubles. */
const firstRetryMs = 50
/** Longest wait between two attempts, milliseconds: the live feed has to be back within five seconds of Redis. */
const maxRetryMs = 1_000
/** Longest that connecting may take before it is tried again, milliseconds. */
const connectTimeoutMs = 2_000

/** A connection that never holds anything back: while Redis is away each command fails at once. */
export const connectRedis = (url: string): Redis =>
  new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResubscribe: false,
    connectTimeout: connectTimeoutMs,
    retryStrategy: (attempt) => firstRetryMs + Math.random() * Math.min(maxRetryMs, firstRetryMs * 2 ** attempt),
  })

/** Warns once each time that Redis goes away, however often it is tried. */
export function warnOnce(
  connections: readonly Redis[],
  log: { warn: (details: object, message: string) => void },
  message: string,
): void {
  let warned = false
  for (const redis of connections) {
    redis.on('error', (error: Error) => {
      if (!warned) log.warn({ error: error.message }, message)
      warned = true
    })
    redis.on('ready', () => {
      warned = false
    })
  }
}
