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
