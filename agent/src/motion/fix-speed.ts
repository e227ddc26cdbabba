import { DEG_PER_RAD, EARTH_RADIUS_M } from '@fairmile/contract/units.ts'
import type { Fix } from '../sensors.ts'

/** Speed and course of a fix, with the times at which they were true; null where unknown. */
export interface FixSpeed {
  tMs: number
  speedMps: number | null
  /** One standard deviation, m/s. */
  sigmaMps: number
  courseTMs: number
  courseDeg: number | null
  /** Evidence of it relative to a receiver's own, 0 to 1. */
  weight: number
}

/** Speeds of a receiver at HDOP up to 1.5, one standard deviation, m/s. */
const receiverSigma = 0.2
/** Noise of the way between two fixes, m: of it, receivers filter most. */
const waySigmaM = 0.6
/** Times between two fixes whose way is taken, ms: shorter is noise, over longer ones the car did something else. */
const minWayMs = 900
const maxWayMs = 3100
/** Shorter ways have no course, m. */
const minCourseM = 3
/** Positions kept: 10 Hz over the shortest time. */
const kept = 12
/** A way between two fixes says so much less of accelerations than two speeds. */
const wayWeight = 0.6

/** Northward and eastward metres from one position to the other. */
const way = (from: Fix, to: Fix): [number, number] => {
  const perDegree = EARTH_RADIUS_M / DEG_PER_RAD
  return [(to.lat! - from.lat!) * perDegree, (to.lon! - from.lon!) * perDegree * Math.cos(from.lat! / DEG_PER_RAD)]
}

/**
 * Speed and course of each fix; where the receiver tells none, by the way from an earlier fix: a mean over that time, so it
 * was true in its middle.
 */
export const createFixSpeed = () => {
  let past: Fix[] = []

  /** The newest kept fix that is old enough, if any is young enough. */
  const earlier = (fix: Fix): Fix | null => {
    const from = past.findLast((one) => fix.tMs - one.tMs >= minWayMs)
    return from !== undefined && fix.tMs - from.tMs <= maxWayMs ? from : null
  }

  return (fix: Fix): FixSpeed => {
    const told: FixSpeed = {
      tMs: fix.tMs,
      speedMps: fix.speedMps,
      sigmaMps: receiverSigma * Math.max(1, (fix.hdop ?? 1) / 1.5),
      courseTMs: fix.tMs,
      courseDeg: fix.courseDeg,
      weight: Math.min(1, (2.5 / Math.max(1, fix.hdop ?? 1)) ** 2),
    }
    if ((fix.speedMps !== null && fix.courseDeg !== null) || fix.lat === null || fix.lon === null) return told
    const from = earlier(fix)
    if (past.length >= kept) past = past.slice(1)
    past.push(fix)
    if (from === null) return told
    const [north, east] = way(from, fix)
    const metres = Math.hypot(north, east)
    const dtS = (fix.tMs - from.tMs) / 1000
    const middle = (fix.tMs + from.tMs) / 2
    if (fix.courseDeg === null && metres >= minCourseM) {
      told.courseDeg = (Math.atan2(east, north) * DEG_PER_RAD + 360) % 360
      told.courseTMs = middle
    }
    if (fix.speedMps === null) {
      told.speedMps = metres / dtS
      told.tMs = middle
      told.sigmaMps = waySigmaM / dtS
      told.weight = wayWeight
    }
    return told
  }
}
