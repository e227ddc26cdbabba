/** How often it asks, ms. */
const everyMs = 100

/** Asks something again and again, and notes how long each answer takes. */
export interface Probe {
  /** Ends it; gives the times of all that was asked, ms. What was not answered yet has taken until now. */
  stop(): { timesMs: number[]; failed: number }
}

/** Starts to ask; the next question does not wait for the answer before. @param ask rejects where the answer is wrong */
export function startProbe(ask: () => Promise<unknown>): Probe {
  const timesMs: number[] = []
  const open = new Set<number>()
  let failed = 0
  const timer = setInterval(() => {
    const startedMs = performance.now()
    open.add(startedMs)
    ask()
      .catch(() => failed++)
      .finally(() => {
        if (open.delete(startedMs)) timesMs.push(performance.now() - startedMs)
      })
  }, everyMs)
  return {
    stop() {
      clearInterval(timer)
      for (const startedMs of open) timesMs.push(performance.now() - startedMs)
      open.clear()
      return { timesMs, failed }
    },
  }
}

/** A quantile by nearest rank; 0 of nothing. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? 0
}
