import { Redis } from 'ioredis'
import { backOffMs } from '../back-off.ts'

export type { Redis }

/** Between the attempts to reach Redis: the live feed has to be back within five seconds of it. */
const retries = { firstMs: 50, maxMs: 1_000 }
/** Longest that connecting may take before it is tried again, milliseconds. */
const connectTimeoutMs = 2_000
/** How long a connection that is given up may take to say goodbye, milliseconds; a silent one never does. */
const disconnectTimeoutMs = 100

/** A connection that never holds anything back: while Redis is away each command fails at once. `keepAlive` is for one that goes silent. */
export const connectRedis = (url: string): Redis =>
  new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResubscribe: false,
    connectTimeout: connectTimeoutMs,
    disconnectTimeout: disconnectTimeoutMs,
    retryStrategy: (attempt) => retries.firstMs + backOffMs(retries, attempt),
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
