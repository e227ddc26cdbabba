/** Between which waits something is tried again, ms. */
export interface BackOff {
  /** Longest before the first new try; it doubles. */
  readonly firstMs: number
  /** Longest of all. */
  readonly maxMs: number
}

/**
 * How long to wait before something is tried again, ms: full jitter (AWS Architecture Blog, "Exponential Backoff And
 * Jitter"), uniform between 0 and a bound that doubles.
 *
 * @param failures failures before this one
 * @param random in [0, 1)
 */
export const backOffMs = ({ firstMs, maxMs }: BackOff, failures: number, random: () => number = Math.random): number =>
  random() * Math.min(maxMs, firstMs * 2 ** failures)
