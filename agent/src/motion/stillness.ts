import type { ImuBin } from './imu-bins.ts'

/** Steps looked at: one second. */
const span = 10
/** Spread of specific force and rates within that second while a car stands with its engine running. */
const maxForceSpread = 0.15
const maxRateSpread = 0.015
/** Without a speed from GNSS only a much quieter second is taken for standing: a good road at steady speed is quiet too. */
const maxBlindForceSpread = 0.03
/** A receiver's speed up to which a quiet car is taken to stand, m/s. */
const maxSpeedMps = 0.7

/** Tells from the last second whether the vehicle stands. */
export const createStillness = () => {
  const ring = new Float64Array(span * 6)
  let count = 0

  const spread = (channel: number): number => {
    let sum = 0
    let squares = 0
    for (let i = 0; i < span; i++) {
      const value = ring[i * 6 + channel]!
      sum += value
      squares += value * value
    }
    return Math.sqrt(Math.max(0, squares / span - (sum / span) ** 2))
  }

  return {
    /** Takes a step and the newest speed of the receiver (NaN where there is none). */
    push(bin: ImuBin, gnssSpeedMps: number): boolean {
      const at = (count++ % span) * 6
      ring[at] = bin.fx
      ring[at + 1] = bin.fy
      ring[at + 2] = bin.fz
      ring[at + 3] = bin.wx
      ring[at + 4] = bin.wy
      ring[at + 5] = bin.wz
      if (count < span || gnssSpeedMps > maxSpeedMps) return false
      const maxForce = Number.isNaN(gnssSpeedMps) ? maxBlindForceSpread : maxForceSpread
      for (let channel = 0; channel < 6; channel++) {
        if (spread(channel) > (channel < 3 ? maxForce : maxRateSpread)) return false // false for NaN: no gyro
      }
      return true
    },
  }
}
