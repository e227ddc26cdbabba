/** Counts failed log-ins by key in a fixed window, and says when to stop trying. */
export interface Attempts {
  /** Milliseconds until the key may try again; 0 where it may now. */
  blockedMs: (key: string) => number
  fail: (key: string) => void
  clear: (key: string) => void
  /** Keys forgotten early because too many were watched. */
  readonly dropped: number
}

interface AttemptOptions {
  /** Failures a window. */
  readonly limit: number
  readonly windowMs: number
  /** Keys watched at once, so that a flood of them cannot fill the memory. @default 10,000 (about 1 MB) */
  readonly maxKeys?: number
  /** Monotonic clock, milliseconds. */
  readonly now?: () => number
}

export function createAttempts({
  limit,
  windowMs,
  maxKeys = 10_000,
  now = () => performance.now(),
}: AttemptOptions): Attempts {
  const failures = new Map<string, { count: number; untilMs: number }>()
  let dropped = 0

  const current = (key: string) => {
    const entry = failures.get(key)
    if (entry && entry.untilMs <= now()) {
      failures.delete(key)
      return undefined
    }
    return entry
  }

  return {
    blockedMs: (key) => {
      const entry = current(key)
      return entry && entry.count >= limit ? entry.untilMs - now() : 0
    },
    fail: (key) => {
      const entry = current(key)
      if (entry) {
        entry.count++
        return
      }
      if (failures.size >= maxKeys) {
        failures.delete(failures.keys().next().value ?? '')
        dropped++
      }
      failures.set(key, { count: 1, untilMs: now() + windowMs })
    },
    clear: (key) => failures.delete(key),
    get dropped() {
      return dropped
    },
  }
}
