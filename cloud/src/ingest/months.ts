import type { OpenDatabase } from '../db/open.ts'
import { ensurePartitions, monthOf } from '../db/partitions.ts'

/** The months that this process has made sure of. */
export interface Months {
  /** Makes sure that events of these moments (UTC epoch ms, list by list) have a place. */
  ensure(lists: Iterable<readonly number[]>): Promise<void>
  /** One was taken away: all are made sure of anew. */
  forget(): void
}

export function createMonths(database: OpenDatabase): Months {
  const made = new Set<string>()
  return {
    async ensure(lists) {
      const missing = new Set<string>()
      for (const times of lists) for (const month of monthsOf(times)) if (!made.has(month)) missing.add(month)
      if (missing.size === 0) return
      await ensurePartitions(database, missing)
      for (const month of missing) made.add(month)
    },
    forget: () => made.clear(),
  }
}

/** The months of moments, which are mostly all of one. */
function monthsOf(times: readonly number[]): Set<string> {
  const [first, last] = [Math.min(...times), Math.max(...times)]
  if (times.length === 0) return new Set()
  return monthOf(first) === monthOf(last) ? new Set([monthOf(first)]) : new Set(times.map(monthOf))
}
