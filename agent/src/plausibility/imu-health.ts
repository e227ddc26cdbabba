import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { ImuSample } from '../sensors.ts'
import type { ImplausibleReason } from './evidence.ts'

/** All axes to the last digit the same for so long, and so many times: no sensor in a car is so quiet. */
const stuckMs = 1500
const stuckReadings = 15
/** One axis the same for so long that was alive before: some gyros have one axis, and say zero for the others. */
const axisStuckMs = 5000
const axisStuckReadings = 50
/** The mean over this time must be near the Earth's weight: a fall of a second is five metres deep, a crash is over. */
const weighMs = 2000
const leastG = 0.4
const mostG = 2.5
/** Readings farther apart are a gap. */
const maxGapMs = 500

const axes = ['ax', 'ay', 'az', 'gx', 'gy', 'gz'] as const

/** Judges the readings of an IMU by themselves; allocates nothing. */
export const createImuHealth = (options: { gravityIncluded: boolean }) => {
  const before = new Float64Array(6)
  const sinceMs = new Float64Array(6)
  const repeats = new Int32Array(6)
  const changes = new Int32Array(6)
  /** Three where there is no gyro. */
  let axisCount = 6
  let lastMs = Number.NaN
  let weightSum = 0
  let weights = 0
  let weighedSinceMs = 0
  let weightWrong = false

  const begin = (sample: ImuSample): void => {
    for (let i = 0; i < axisCount; i++) {
      before[i] = sample[axes[i]!]
      sinceMs[i] = sample.tMs
      repeats[i] = 0
    }
    weightSum = weights = 0
    weighedSinceMs = sample.tMs
    weightWrong = false
  }

  const weigh = ({ tMs, ax, ay, az }: ImuSample): boolean => {
    weightSum += Math.sqrt(ax * ax + ay * ay + az * az)
    weights++
    if (tMs - weighedSinceMs >= weighMs) {
      const g = weightSum / weights / G_MPS2
      weightWrong = g > mostG || (options.gravityIncluded && g < leastG)
      weightSum = weights = 0
      weighedSinceMs = tMs
    }
    return weightWrong
  }

  return {
    /** What is wrong with the newest readings; null where nothing is. A `bad_number` must not be used. */
    push(sample: ImuSample): ImplausibleReason | null {
      axisCount = Number.isNaN(sample.gx) && Number.isNaN(sample.gy) && Number.isNaN(sample.gz) ? 3 : 6
      for (let i = 0; i < axisCount; i++) if (!Number.isFinite(sample[axes[i]!])) return 'bad_number'
      const gapMs = sample.tMs - lastMs
      lastMs = sample.tMs
      if (!(gapMs >= 0 && gapMs <= maxGapMs)) {
        begin(sample)
        return null
      }
      let stuck = 0
      let axisStuck = false
      for (let i = 0; i < axisCount; i++) {
        const value = sample[axes[i]!]
        if (value !== before[i]) {
          before[i] = value
          sinceMs[i] = sample.tMs
          repeats[i] = 0
          changes[i]!++
          continue
        }
        const heldMs = sample.tMs - sinceMs[i]!
        repeats[i]!++
        if (heldMs >= stuckMs && repeats[i]! >= stuckReadings) stuck++
        const wasAlive = changes[i]! >= axisStuckReadings
        if (wasAlive && heldMs >= axisStuckMs && repeats[i]! >= axisStuckReadings) axisStuck = true
      }
      const wrongWeight = weigh(sample)
      if (stuck === axisCount || axisStuck) return 'imu_frozen'
      return wrongWeight ? 'imu_range' : null
    },
  }
}
