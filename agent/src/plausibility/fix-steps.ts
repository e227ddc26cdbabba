import type { Fix } from '../sensors.ts'
import type { ImplausibleReason } from './evidence.ts'
import { maxSpeedMps } from './fix-sanity.ts'
import { metresBetween } from './way.ts'

/** A jump is what lies so far beyond the way at the known speeds: receivers between houses err by tens of metres … */
const jumpM = 60
/** … and more where the geometry is poor: so much for each unit of HDOP. */
const jumpPerHdopM = 20
/** Speeds at both ends say little of the time between: so much faster, m/s, at most, growing as a car accelerates. */
const spareMps = 20
const accelerationMps2 = 6
/** After a jump the receiver must agree with itself so long before its new place is believed: for one more fix. */
const settleMs = 900
/** A moving receiver that says the same place for so long has stopped: at 1.5 m/s it would have gone 4.5 m. */
const frozenMs = 2900
const frozenMps = 1.5
/** A receiver that says itself that it does not know where it is does not pretend. */
const lostHdop = 20
/** Three epochs of the same time are no rounding. */
const frozenTimeMs = 2500
/** Heights leap by up to 240 m when satellites come and go between high houses. */
const heightJumpM = 300
const climbMps = 20

/** Judges fixes by the ones before. */
export const createFixSteps = () => {
  let last: Fix | null = null
  /** Where the receiver says it is since it jumped, and since when it agrees with itself there. */
  let elsewhere: Fix | null = null
  let elsewhereSinceMs = 0
  /** Where the receiver was last, and when it first said so: what a moving one repeats is no news. */
  let place: Fix | null = null
  let samePlaceSinceMs = Number.NaN
  let sameTimeSinceMs = Number.NaN
  let height: Fix | null = null

  /** Whether a car can have come from one fix to the other. */
  const reachable = (from: Fix, to: Fix): boolean => {
    const s = (to.tMs - from.tMs) / 1000
    const fastest = Math.max(from.speedMps ?? maxSpeedMps / 2, to.speedMps ?? 0)
    const mostM = Math.min(maxSpeedMps * s, fastest * s + Math.min((accelerationMps2 * s * s) / 2, spareMps * s))
    const noiseM = jumpM + jumpPerHdopM * Math.max(1, from.hdop ?? 1, to.hdop ?? 1)
    return !(metresBetween(from, to) > mostM + noiseM)
  }

  const jumped = (fix: Fix): boolean => {
    if (place === null || reachable(place, fix)) {
      elsewhere = null
      return false
    }
    if (elsewhere === null || !reachable(elsewhere, fix)) elsewhereSinceMs = fix.tMs
    elsewhere = fix
    if (fix.tMs - elsewhereSinceMs < settleMs) return true
    elsewhere = null
    return false
  }

  /** Whether a receiver that says it moves is where it was last, to the last digit. */
  const repeats = ({ lat, lon, speedMps }: Fix): boolean =>
    lat === place?.lat && lon === place?.lon && (speedMps ?? 0) > frozenMps

  const frozen = (fix: Fix, before: Fix): boolean => {
    const same = fix.lat !== null && fix.lat === before.lat && fix.lon === before.lon
    const pretends = (fix.speedMps ?? 0) > frozenMps && !((fix.hdop ?? 1) > lostHdop)
    // Silence is no pretence: after it a receiver begins with the last that it knew.
    if (!same || !pretends || fix.tMs - before.tMs >= frozenMs) samePlaceSinceMs = Number.NaN
    else if (Number.isNaN(samePlaceSinceMs)) samePlaceSinceMs = before.tMs
    return fix.tMs - samePlaceSinceMs >= frozenMs
  }

  const timeStands = (fix: Fix, before: Fix): boolean => {
    if (fix.utcMs === null || fix.utcMs !== before.utcMs) sameTimeSinceMs = Number.NaN
    else if (Number.isNaN(sameTimeSinceMs)) sameTimeSinceMs = before.tMs
    return fix.tMs - sameTimeSinceMs >= frozenTimeMs
  }

  const leapt = (fix: Fix): boolean => {
    if (fix.altM === null) return false
    const before = height
    height = fix
    if (before === null || before.altM === null) return false
    const s = (fix.tMs - before.tMs) / 1000
    return Math.abs(fix.altM - before.altM) > heightJumpM + climbMps * s
  }

  return {
    /** What is wrong with a fix that is newer than the one before; null where nothing is. A `teleport` must not be used. */
    push(fix: Fix): ImplausibleReason | null {
      const before = last
      if (fix.lat === null) return null
      if (jumped(fix)) return 'teleport'
      last = fix
      if (!repeats(fix)) place = fix
      if (before === null) return null
      const stands = timeStands(fix, before)
      const leap = leapt(fix)
      if (frozen(fix, before)) return 'frozen_fix'
      return stands ? 'frozen_time' : leap ? 'altitude' : null
    },
  }
}
