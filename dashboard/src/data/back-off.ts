/** How the wait grows; milliseconds. */
export interface BackOffOptions {
  /** Bound of the first wait. @default 500 */
  baseMs?: number
  /** Bound of every wait: a driver who comes back sees the car within half a minute. @default 30000 */
  capMs?: number
  /** Uniform in [0, 1). */
  random: () => number
}

/**
 * The wait before attempt `attempt` (from 0), milliseconds: full jitter, uniform below min(cap, base × 2^attempt), so
 * that a thousand pages do not come back in the same second.
 */
export function backOffMs(attempt: number, { baseMs = 500, capMs = 30_000, random }: BackOffOptions): number {
  return Math.round(random() * Math.min(capMs, baseMs * 2 ** Math.min(attempt, 30)))
}
