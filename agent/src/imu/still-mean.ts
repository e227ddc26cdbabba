import { setTimeout as sleep } from 'node:timers/promises'

/** Readings that one mean is of, and the time between them, milliseconds: 0.2 s, over which noise averages out. */
const readings = 40
const everyMs = 5
/** A car with its engine running stays within this spread; one that is moved does not. g and °/s, peak to peak. */
const stillG = 0.25
const stillDps = 10

/** Means of ax ay az (g) gx gy gz (°/s), and whether the chip stood still meanwhile. */
export interface StillMean {
  values: number[]
  still: boolean
}

/** Averages a chip's outputs. @param read puts ax ay az (g) gx gy gz (°/s) into `into` */
export async function stillMean(read: (into: Float64Array) => Promise<void>): Promise<StillMean> {
  const now = new Float64Array(6)
  const sums = new Float64Array(6)
  const least = new Float64Array(6).fill(Number.POSITIVE_INFINITY)
  const most = new Float64Array(6).fill(Number.NEGATIVE_INFINITY)
  for (let n = 0; n < readings; n++) {
    await read(now)
    for (const [axis, value] of now.entries()) {
      sums[axis]! += value
      least[axis] = Math.min(least[axis]!, value)
      most[axis] = Math.max(most[axis]!, value)
    }
    await sleep(everyMs)
  }
  const spread = (axis: number): number => most[axis]! - least[axis]!
  return {
    values: Array.from(sums, (sum) => sum / readings),
    still: [0, 1, 2].every((axis) => spread(axis) < stillG && spread(axis + 3) < stillDps),
  }
}
