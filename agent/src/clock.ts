/** No agent of this version ran before 1 November 2026, UTC epoch milliseconds: a clock that says so is not set. */
export const buildMs = Date.UTC(2026, 10, 1)

/** Two clocks that are different things: one for windows and time-outs, one for records before GNSS time is known. */
export interface Clock {
  /** How many times faster than real time both run. */
  readonly rate: number
  /** Milliseconds since the agent's start; never runs backwards. */
  monotonicMs(): number
  /** UTC epoch milliseconds as the computer has them. */
  wallMs(): number
}

/**
 * Makes the agent's clocks.
 * @param rate how many times faster than real time both run; a recording played at that speed then looks like itself
 */
export function createClock({ rate = 1 }: { rate?: number } = {}): Clock {
  const startedAt = performance.now()
  const monotonicMs = () => (performance.now() - startedAt) * rate
  if (rate === 1) return { rate, monotonicMs, wallMs: Date.now }
  const startedWall = Date.now()
  return { rate, monotonicMs, wallMs: () => startedWall + Math.round(monotonicMs()) }
}

/** Calls back once after some real milliseconds; gives what cancels it. */
export type After = (ms: number, callback: () => void) => () => void

/** The timer of the operating system. */
export const after: After = (ms, callback) => {
  const timer = setTimeout(callback, ms)
  return () => clearTimeout(timer)
}

/**
 * The time of records before GNSS tells it: the computer's, but never before `floorMs`, from which it then runs on.
 * @param floorMs UTC epoch milliseconds that are surely past: the build date, the newest record stored
 */
export function flooredWall(clock: Clock, floorMs: number): () => number {
  const startedMs = clock.monotonicMs()
  return () => Math.max(clock.wallMs(), Math.round(floorMs + clock.monotonicMs() - startedMs))
}

/** Waits until the monotonic clock shows a time; resolves at once when it has passed, and early when the signal aborts. */
export function waitUntil(clock: Clock, tMs: number, signal: AbortSignal): Promise<void> {
  const waitMs = (tMs - clock.monotonicMs()) / clock.rate
  if (waitMs <= 0 || signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, waitMs)
    signal.addEventListener('abort', done)
  })
}
