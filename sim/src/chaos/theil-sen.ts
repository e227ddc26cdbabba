/** The middle of some numbers; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/**
 * The slope of a line through points: the median of the slopes of all pairs (Theil 1950, Sen 1968). A third of the points may be
 * anything: a sawtooth of garbage collections does not bend it.
 */
export function theilSen(points: readonly { x: number; y: number }[]): number {
  const slopes = points.flatMap((a, i) =>
    points.slice(i + 1).flatMap((b) => (b.x === a.x ? [] : [(b.y - a.y) / (b.x - a.x)])),
  )
  return median(slopes)
}
