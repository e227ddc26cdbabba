import type { Redis } from './connection.ts'

/** Questions whether the line still lives, within each bound. */
const pingsABound = 4
/** Silence after which a line counts as dead, milliseconds: the live feed has to be back within five seconds. */
const aliveBoundMs = 2_000

/** Watches over a connection: one that has died in silence says nothing, which looks like nothing to hear, or like a slow Redis. */
export interface KeepAlive {
  /** True while Redis has answered within the bound. */
  isAlive: () => boolean
  stop: () => void
}

/**
 * Asks on and on whether a connection lives, and drops one that does not answer within `boundMs`, so that it is made anew; what was
 * asked on it fails then. So does one that never gets as far as being ready.
 */
export function keepAlive(redis: Redis, boundMs = aliveBoundMs): KeepAlive {
  let aliveMs = Number.NEGATIVE_INFINITY
  /** Looks since the line last answered: counted, not timed, so that a process that was held up itself blames nobody. */
  let unanswered = 0
  const lived = (askedMs: number) => {
    aliveMs = Math.max(aliveMs, askedMs)
    unanswered = 0
  }
  redis.on('connect', () => {
    unanswered = 0
  })
  redis.on('ready', () => lived(performance.now()))
  const timer = setInterval(() => {
    if (redis.status !== 'ready' && redis.status !== 'connect') return
    if (++unanswered > pingsABound) {
      redis.disconnect(true)
      return
    }
    if (redis.status !== 'ready') return // asked by the library whether it is
    const askedMs = performance.now()
    redis.ping().then(
      () => lived(askedMs),
      () => undefined, // told by 'close'
    )
  }, boundMs / pingsABound)
  timer.unref()
  return {
    isAlive: () => performance.now() - aliveMs < boundMs,
    stop: () => clearInterval(timer),
  }
}
