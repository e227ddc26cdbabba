/** What a key has used of its window. */
export interface Used {
  /** Requests in the window, this one among them. */
  readonly count: number
  /** Until a new window begins, milliseconds. */
  readonly leftMs: number
}

/** Counts requests by key; a window begins with its first request. */
export interface RateStore {
  take: (key: string, windowMs: number) => Used | Promise<Used>
}

interface RateMemoryOptions {
  /** Keys counted at once, so that a flood of addresses cannot fill the memory. @default 50,000 (about 10 MB) */
  readonly maxKeys?: number
  /** Monotonic clock, milliseconds. */
  readonly now?: () => number
}

/** Counts in this process's memory; the key that was seen first makes room, and counts anew. */
export function createRateMemory({
  maxKeys = 50_000,
  now = () => performance.now(),
}: RateMemoryOptions = {}): RateStore {
  const windows = new Map<string, { count: number; untilMs: number }>()
  return {
    take: (key, windowMs) => {
      const nowMs = now()
      const window = windows.get(key)
      if (window && window.untilMs > nowMs) {
        window.count++
        return { count: window.count, leftMs: window.untilMs - nowMs }
      }
      windows.delete(key)
      if (windows.size >= maxKeys) windows.delete(windows.keys().next().value ?? '')
      windows.set(key, { count: 1, untilMs: nowMs + windowMs })
      return { count: 1, leftMs: windowMs }
    },
  }
}
