/** Waits that grow with each failure, so that a fleet that lost its cloud does not come back all at once. */
export interface BackOff {
  /** Milliseconds to wait now. */
  next(): number
  /** Something worked: begin anew. */
  reset(): void
}

export interface BackOffOptions {
  /** Upper bound of the first wait, milliseconds. */
  baseMs: number
  /** Upper bound of every wait, milliseconds. */
  maxMs: number
  /** Uniform in [0, 1). */
  random: () => number
}

/** Full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"): uniform between 0 and a bound that doubles. */
export function createBackOff({ baseMs, maxMs, random }: BackOffOptions): BackOff {
  let boundMs = baseMs
  return {
    next() {
      const wait = Math.floor(random() * boundMs)
      boundMs = Math.min(maxMs, boundMs * 2)
      return wait
    },
    reset() {
      boundMs = baseMs
    },
  }
}
