import type { ImuBin } from './imu-bins.ts'

/** Steps looked at: one second. */
const span = 10
/** Spread of specific force and rates within that second while a car stands with its engine running. */
const maxForceSpread = 0.15
const maxRateSpread = 0.015
/**
 * Without a speed from GNSS only a much quieter second is taken for standing, since a good road at steady speed is quiet too:
 * up to so much as this car's own standing was seen to have, and to this in any case.
 */
const sureForceSpread = 0.03
const standingMargin = 1.5
/** What was seen of standing is worth something if driving shook so many times more. */
const minContrast = 3
/** A receiver's speed up to which a quiet car is taken to stand, and from which on it surely drives, m/s. */
const maxSpeedMps = 0.7
const drivingMps = 4
/** Seconds over which spreads are averaged. */
const memory = 20 * span

/** Tells from the last second whether the vehicle stands. */
export const createStillness = () => {
  const ring = new Float64Array(span * 6)
  let count = 0
  let standing = Number.NaN
  let driving = Number.NaN

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

  const average = (before: number, value: number): number =>
    Number.isNaN(before) ? value : before + (value - before) / memory

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
      if (count < span) return false
      const force = Math.max(spread(0), spread(1), spread(2))
      if (gnssSpeedMps > maxSpeedMps) {
        if (gnssSpeedMps > drivingMps) driving = average(driving, force)
        return false
      }
      const learned = driving > minContrast * standing ? Math.min(maxForceSpread, standingMargin * standing) : 0
      if (force > (Number.isNaN(gnssSpeedMps) ? Math.max(sureForceSpread, learned) : maxForceSpread)) return false
      for (let channel = 3; channel < 6; channel++) if (spread(channel) > maxRateSpread) return false // false for NaN: no gyro
      if (!Number.isNaN(gnssSpeedMps)) standing = average(standing, force)
      return true
    },
  }
}
