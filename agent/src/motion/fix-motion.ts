import { quality } from '@fairmile/contract/telematics.ts'
import { DEG_PER_RAD, EARTH_RADIUS_M } from '@fairmile/contract/units.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import type { Fix } from '../sensors.ts'
import { binMs } from './imu-bins.ts'

/** Beyond this pause the way between two fixes is not drawn. */
const maxGapMs = 10_000
/** Within it, but longer than this, the samples are marked as bridged. */
const bridgeAfterMs = 2500
/** Slower than this a course is noise and a car may be drifting where it stands. */
const minCourseSpeedMps = 2

/** Cars that brake to a standstill and pull away again do so no harder, m/s²: what is shorter is a place of before the pause. */
const hardestMps2 = 4

const metres = (a: Fix, b: Fix): number => {
  if (a.lat === null || a.lon === null || b.lat === null || b.lon === null) return Number.NaN
  const north = (b.lat - a.lat) / DEG_PER_RAD
  const east = ((b.lon - a.lon) / DEG_PER_RAD) * Math.cos(a.lat / DEG_PER_RAD)
  return Math.hypot(north, east) * EARTH_RADIUS_M
}

const mix = (a: number | null, b: number | null, share: number): number =>
  a === null || b === null ? Number.NaN : a + (b - a) * share

/**
 * Motion by fixes alone, for a car without an IMU: samples between two fixes are interpolated, so they come one fix late.
 * Accelerations stay unknown: a second's mean behind a receiver's filter is no evidence of a manoeuvre.
 */
export const createFixMotion = (onMotion: (sample: MotionSample) => void) => {
  let last: Fix | null = null
  let lastSpeed = Number.NaN
  let lastTick = Number.NEGATIVE_INFINITY

  /** The receiver's speed, or the way over the time where it gives none. */
  const speedOf = (fix: Fix): number => {
    if (fix.speedMps !== null) return fix.speedMps
    return last === null ? Number.NaN : (metres(last, fix) / (fix.tMs - last.tMs)) * 1000
  }

  const emit = (from: Fix, to: Fix, tMs: number, fromSpeed: number, toSpeed: number, scale: number) => {
    const share = (tMs - from.tMs) / (to.tMs - from.tMs)
    const v = (fromSpeed + (toSpeed - fromSpeed) * share) * scale
    const turned =
      from.courseDeg === null || to.courseDeg === null
        ? Number.NaN
        : ((((to.courseDeg - from.courseDeg + 180) % 360) + 360) % 360) - 180
    const moving = v > minCourseSpeedMps
    let bits: number = quality.noImu
    if (to.tMs - from.tMs > bridgeAfterMs) bits |= quality.bridged
    onMotion({
      tMs,
      atMs: Number.NaN,
      lat: mix(from.lat, to.lat, share),
      lon: mix(from.lon, to.lon, share),
      altM: mix(from.altM, to.altM, share),
      speedMps: v,
      headingDeg: moving && from.courseDeg !== null ? (from.courseDeg + turned * share + 360) % 360 : Number.NaN,
      aLong: Number.NaN,
      aLat: Number.NaN,
      aVert: Number.NaN,
      yawRate: moving ? (-turned / DEG_PER_RAD / (to.tMs - from.tMs)) * 1000 : Number.NaN,
      hdop: to.hdop ?? Number.NaN,
      limitKmh: Number.NaN,
      limitConfidence: Number.NaN,
      phoneUse: Number.NaN,
      sigmaG: Number.NaN,
      quality: bits,
    })
  }

  return {
    /** Takes a fix; gives out the samples since the one before. */
    push(fix: Fix): void {
      const speed = speedOf(fix)
      const from = last
      const dtMs = from === null ? Number.POSITIVE_INFINITY : fix.tMs - from.tMs
      if (from !== null && dtMs <= maxGapMs) {
        // Over a pause the speeds at its ends say little: the way between the two positions does.
        const straight = metres(from, fix)
        const driven = (((lastSpeed + speed) / 2) * dtMs) / 1000
        const shortest = (lastSpeed ** 2 + speed ** 2) / (2 * hardestMps2)
        const scale = dtMs > bridgeAfterMs && straight >= shortest && driven > 1 ? straight / driven : 1
        let tick = Math.max((Math.floor(from.tMs / binMs) + 1) * binMs, lastTick + binMs)
        for (; tick <= fix.tMs; tick += binMs) {
          emit(from, fix, tick, lastSpeed, speed, scale)
          lastTick = tick
        }
      }
      last = fix
      lastSpeed = speed
    },
    /** An IMU took over: the next fix starts anew. */
    reset(): void {
      last = null
    },
  }
}
