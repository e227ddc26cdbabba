import type { Redis } from './connection.ts'

/** Questions whether the line still lives, within each bound. */
const pingsABound = 4

/** Watches over a connection that only listens: a dead one says nothing, which looks like nothing to hear. */
export interface KeepAlive {
  /** True while Redis has answered within the bound. */
  isAlive: () => boolean
  stop: () => void
}

/** Asks on and on whether a connection lives, and drops one that does not answer within `boundMs`, so that it is made anew. */
export function keepAlive(redis: Redis, boundMs: number): KeepAlive {
  let aliveMs = Number.NEGATIVE_INFINITY
  /** Looks since the line last answered: counted, not timed, so that a process that was held up itself blames nobody. */
  let unanswered = 0
  const lived = (askedMs: number) => {
    aliveMs = Math.max(aliveMs, askedMs)
    unanswered = 0
  }
  redis.on('ready', () => lived(performance.now()))
  const timer = setInterval(() => {
    if (redis.status !== 'ready') return
    if (++unanswered > pingsABound) {
      redis.disconnect(true)
      return
    }
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
