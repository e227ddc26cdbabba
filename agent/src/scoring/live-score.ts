import { quality } from '@fairmile/contract/telematics.ts'
import type { LiveCauses } from '@fairmile/models/explain/live-causes.ts'
import { createWindow, windowFeatures } from '@fairmile/models/features/window.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import type { Score, Scorer } from '@fairmile/models/scoring/scorer.ts'

/** Windows scored in one call: live there is one; a replay at full speed fills them. */
export const maxRows = 64

/** Windows are explained once a second: ten times dearer than their score. */
const explainEveryMs = 1000

/**
 * Keeps the newest 100 motion samples and scores them anew with each sample; `causes` are told of one window a second. A sample
 * whose window gets no score of its own is marked with `quality.riskHeld`: the last good score is nobody's but its own window's.
 */
export const createLiveScore = (scorer: Scorer, causes?: LiveCauses) => {
  let explainedMs = Number.NEGATIVE_INFINITY
  const window = createWindow()
  const width = windowFeatures.length
  const rows = new Float32Array(maxRows * width)
  /** A row's view into `rows`, made once. */
  const views = Array.from({ length: maxRows }, (_, i) => rows.subarray(i * width, (i + 1) * width))
  const rowOf = new Int32Array(maxRows)
  const risks = new Float64Array(maxRows)

  const take = (sample: MotionSample, i: number, { risk, source }: Score): void => {
    if (source === 'model') risks[i] = risk
    else sample.quality |= quality.riskHeld
  }

  return {
    /** Risk for each of the samples, in order, NaN before the window is full, where the model gave none, and while neither speed nor accelerations are known; the array is written anew by the next call. */
    async score(samples: readonly MotionSample[]): Promise<Float64Array> {
      let count = 0
      for (let i = 0; i < samples.length; i++) {
        window.push(samples[i]!)
        risks[i] = Number.NaN
        rowOf[i] = -1
        // The model knows a car without an IMU, or before calibration; one of which nothing is known has no risk.
        if (!window.full || (Number.isNaN(samples[i]!.aLong) && Number.isNaN(samples[i]!.speedMps))) continue
        rowOf[i] = count
        window.write(views[count]!)
        if (causes && samples[i]!.tMs - explainedMs >= explainEveryMs) {
          explainedMs = samples[i]!.tMs
          causes.push(views[count]!)
        }
        count++
      }
      if (count === 0) return risks
      if (count === 1) {
        const score = await scorer.score(views[0]!)
        for (let i = 0; i < samples.length; i++) if (rowOf[i] === 0) take(samples[i]!, i, score)
        return risks
      }
      const scores = await scorer.scoreRows(rows, count)
      for (let i = 0; i < samples.length; i++) if (rowOf[i]! >= 0) take(samples[i]!, i, scores[rowOf[i]!]!)
      return risks
    },
  }
}
