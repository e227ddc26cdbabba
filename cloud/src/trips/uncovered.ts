import type { Covered } from '@fairmile/models/trips/found-trips.ts'

/** What of a range of numbers lies in none of the others, in order. */
export function uncovered({ firstSeq, lastSeq }: Covered, covered: readonly Covered[]): Covered[] {
  const free: Covered[] = []
  let from = firstSeq
  for (const range of [...covered].sort((a, b) => a.firstSeq - b.firstSeq)) {
    if (range.firstSeq > from) free.push({ firstSeq: from, lastSeq: Math.min(lastSeq, range.firstSeq - 1) })
    from = Math.max(from, range.lastSeq + 1)
  }
  if (from <= lastSeq) free.push({ firstSeq: from, lastSeq })
  return free.filter((range) => range.firstSeq <= range.lastSeq)
}
