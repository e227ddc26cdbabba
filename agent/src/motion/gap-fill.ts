import { quality } from '@fairmile/contract/telematics.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import { binMs } from './imu-bins.ts'

/** Beyond this pause nothing is said of the way, as between two fixes. */
const maxGapMs = 10_000

/**
 * Puts samples into pauses of the IMU: speed and place in a straight line from before to after, accelerations unknown. Without
 * them the kilometres of a recorder that drops readings would be missing.
 */
export const createGapFill = (onMotion: (sample: MotionSample) => void) => {
  let lastMs = Number.NaN
  let lastSpeed = Number.NaN
  let lastLat = Number.NaN
  let lastLon = Number.NaN

  const between = (to: MotionSample, tMs: number): MotionSample => {
    const share = (tMs - lastMs) / (to.tMs - lastMs)
    return {
      ...to,
      tMs,
      lat: lastLat + (to.lat - lastLat) * share,
      lon: lastLon + (to.lon - lastLon) * share,
      speedMps: lastSpeed + (to.speedMps - lastSpeed) * share,
      aLong: Number.NaN,
      aLat: Number.NaN,
      aVert: Number.NaN,
      yawRate: Number.NaN,
      sigmaG: Number.NaN,
      quality: to.quality | quality.noImu | quality.bridged,
    }
  }

  return (sample: MotionSample): void => {
    const gapMs = sample.tMs - lastMs
    // The last step before a pause ends with the first reading after it, when fixes may have told more.
    if (gapMs <= 0 && gapMs > -maxGapMs) return
    if (gapMs > binMs && gapMs <= maxGapMs && !Number.isNaN(lastSpeed + sample.speedMps)) {
      for (let tMs = lastMs + binMs; tMs < sample.tMs; tMs += binMs) onMotion(between(sample, tMs))
    }
    lastMs = sample.tMs
    lastSpeed = sample.speedMps
    lastLat = sample.lat
    lastLon = sample.lon
    onMotion(sample)
  }
}
