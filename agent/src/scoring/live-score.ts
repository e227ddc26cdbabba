import { createWindow, windowFeatures } from '@fairmile/models/features/window.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import type { Scorer } from '@fairmile/models/scoring/scorer.ts'

/** Windows scored in one call: live there is one; a replay at full speed fills them. */
export const maxRows = 64

/**
 * Half a window with accelerations: with less its features are unknown, and the model would be asked about a drive that it
 * cannot see (no IMU, or no calibration yet).
 */
const leastFelt = 50

/** Keeps the newest 100 motion samples and scores them anew with each sample. */
export const createLiveScore = (scorer: Scorer) => {
  const window = createWindow()
  const width = windowFeatures.length
  const rows = new Float32Array(maxRows * width)
  /** A row's view into `rows`, made once. */
  const views = Array.from({ length: maxRows }, (_, i) => rows.subarray(i * width, (i + 1) * width))
  const rowOf = new Int32Array(maxRows)
  const risks = new Float64Array(maxRows)
  /** Samples with accelerations in a row, up to the newest one. */
  let felt = 0

  return {
    /** Risk for each of the samples, in order, NaN before the window is full and while it has no accelerations; the array is written anew by the next call. */
    async score(samples: readonly MotionSample[]): Promise<Float64Array> {
      let count = 0
      for (let i = 0; i < samples.length; i++) {
        window.push(samples[i]!)
        risks[i] = Number.NaN
        rowOf[i] = -1
        felt = Number.isNaN(samples[i]!.aLong) ? 0 : felt + 1
        if (!window.full || felt < leastFelt) continue
        rowOf[i] = count
        window.write(views[count++]!)
      }
      if (count === 0) return risks
      if (count === 1) {
        const { risk } = await scorer.score(views[0]!)
        for (let i = 0; i < samples.length; i++) if (rowOf[i] === 0) risks[i] = risk
        return risks
      }
      const scores = await scorer.scoreRows(rows, count)
      for (let i = 0; i < samples.length; i++) if (rowOf[i]! >= 0) risks[i] = scores[rowOf[i]!]!.risk
      return risks
    },
  }
}
