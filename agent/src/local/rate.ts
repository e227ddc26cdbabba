/** Counts at most `most` in each stretch of `everyMs`; false for what is too much. */
export function createRate({ most, everyMs, nowMs }: { most: number; everyMs: number; nowMs: () => number }) {
  let sinceMs = Number.NEGATIVE_INFINITY
  let count = 0
  return (): boolean => {
    if (nowMs() - sinceMs >= everyMs) {
      sinceMs = nowMs()
      count = 0
    }
    return ++count <= most
  }
}
