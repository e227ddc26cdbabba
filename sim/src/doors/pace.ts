import { setTimeout as sleep } from 'node:timers/promises'

/** Ties the seconds of a drive to the wall: `rate` of them pass in one. */
export interface Pace {
  /** Seconds of the drive that have passed. */
  now(): number
  /** UTC of a second of the drive; the drive's end is the present where it ends as planned. */
  utcMs(timeS: number): number
  /** Waits until a second of the drive has come; rejects with the signal's reason. */
  until(timeS: number): Promise<void>
}

/**
 * Starts now.
 *
 * @param options `durationS` of what is played: at more than real time its UTC starts in the past, so that its end is now
 */
export function startPace(options: { rate: number; durationS: number; signal: AbortSignal }): Pace {
  const { rate, durationS, signal } = options
  const startMs = performance.now()
  const startUtcMs = Date.now() + (durationS / rate - durationS) * 1000
  const now = (): number => ((performance.now() - startMs) / 1000) * rate
  return {
    now,
    utcMs: (timeS) => startUtcMs + timeS * 1000,
    async until(timeS) {
      signal.throwIfAborted()
      const waitMs = ((timeS - now()) * 1000) / rate
      if (waitMs > 0) await sleep(waitMs, undefined, { signal })
    },
  }
}
