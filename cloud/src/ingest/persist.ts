import { setTimeout as wait } from 'node:timers/promises'
import { backOffMs } from '../back-off.ts'
import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'
import type { IngestCounters } from './counters.ts'

const retries = { firstMs: 100, maxMs: 10_000 }

/** Tries until it works or the service stops, with a longer wait each time; undefined where it stops before. */
export type Persist = <T>(what: string, attempt: () => Promise<T>) => Promise<T | undefined>

export function createPersist({
  signal,
  counters,
  log,
}: {
  /** The service stops: what is tried is tried no more. */
  signal: AbortSignal
  counters: IngestCounters
  log: Log
}): Persist {
  return async (what, attempt) => {
    for (let failures = 0; ; failures++) {
      try {
        return await attempt()
      } catch (error) {
        counters.retries.inc()
        log.error({ error: messageOf(error), attempt: failures }, `${what} failed`)
        if (signal.aborted) return undefined
        await wait(backOffMs(retries, failures), undefined, { signal }).catch(() => undefined)
      }
    }
  }
}
