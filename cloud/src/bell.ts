import { backOffMs } from './back-off.ts'

/** Waits after looks that failed: short, for a database that is back is to be used. */
const retries = { firstMs: 100, maxMs: 5_000 }

/** Calls whenever any process says that there is work; gives what ends that. */
export type Listen = (ring: () => void) => Promise<() => Promise<void>>

/** Calls those who wait for work. */
export interface Bell {
  /** Who waits looks at once, and who is looking looks once more. */
  ring(): void
  /**
   * Rings whenever `listen` calls; where it fails, work is found by the looks that are due anyway.
   *
   * @returns what ends that; may be called twice
   */
  ringOn(listen: Listen | undefined, failed: (error: unknown) => void): () => Promise<void>
  /** How often it has rung: taken before a look, for the wait behind it. */
  rings(): number
  /** Waits until it has rung more often than `seen`, until `dueMs` have passed, or until the end. */
  rungOrDue(seen: number, dueMs: number, signal: AbortSignal): Promise<void>
  /**
   * Looks for work until the end: again at once where there was some, else when it rings or `dueMs` have passed. After a failure it looks
   * again after a wait that grows with each, whether it rings or not.
   *
   * @param look whether there was work
   */
  keepLooking(look: () => Promise<boolean>, options: LookOptions): Promise<void>
}

interface LookOptions {
  readonly dueMs: number
  readonly signal: AbortSignal
  /** Told of a look that failed before the end. */
  readonly failed: (error: unknown) => void
}

export function createBell(): Bell {
  const waiting = new Set<() => void>()
  let count = 0

  function ring(): void {
    count++
    for (const go of waiting) go()
  }

  function rungOrDue(seen: number, dueMs: number, signal: AbortSignal): Promise<void> {
    return count > seen ? Promise.resolve() : pause(dueMs, signal, waiting)
  }

  /** Waits `ms`, until the end, or until it is called among others. */
  function pause(ms: number, signal: AbortSignal, called = new Set<() => void>()): Promise<void> {
    if (signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', go)
        called.delete(go)
        resolve()
      }
      const timer = setTimeout(go, ms)
      signal.addEventListener('abort', go)
      called.add(go)
    })
  }

  return {
    ring,
    ringOn(listen, failed) {
      let heard = listen?.(ring).catch((error: unknown) => {
        failed(error)
        return null
      })
      return async () => {
        const unlisten = await heard
        heard = undefined
        await unlisten?.()
      }
    },
    rings: () => count,
    rungOrDue,
    async keepLooking(look, { dueMs, signal, failed }) {
      let failures = 0
      while (!signal.aborted) {
        const seen = count
        try {
          const found = await look()
          failures = 0
          if (!found) await rungOrDue(seen, dueMs, signal)
        } catch (error) {
          if (signal.aborted) return
          failed(error)
          await pause(backOffMs(retries, failures++), signal)
        }
      }
    },
  }
}
