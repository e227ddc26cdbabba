/** A share of fewer seconds says nothing: unknown, not zero. */
const minimumS = 60

/** A share of seconds; NaN where there are too few of them. */
export function over(part: number, seconds: number): number {
  return seconds < minimumS ? Number.NaN : part / seconds
}

/** Sum of bins `from` (included) to `to` (excluded). */
export function total(bins: readonly number[], from: number, to = bins.length): number {
  let sum = 0
  for (let index = from; index < to; index++) sum += bins[index] ?? 0
  return sum
}

/** Adds seconds to the bin of a value; edges belong to the bin below them, the last bin is open. */
export function addTo(bins: number[], edges: readonly number[], value: number, seconds: number): void {
  let bin = 0
  while (bin < edges.length && value > edges[bin]!) bin++
  bins[bin]! += seconds
}
