import { DEG_PER_RAD } from '@fairmile/contract/units.ts'
import type { Fix } from '../sensors.ts'
import type { FixSpeed } from './fix-speed.ts'

/** Stretches shorter than this say little about acceleration; longer than the other, the way between is unknown. */
const minIntervalMs = 900
const maxIntervalMs = 3100
/** Slower than this a course is noise. */
const minCourseSpeedMps = 3
/** A repeated fix counts as news of a standing car only after this time. */
const repeatMs = 900

/** One stretch between two fixes. */
export interface SpeedInterval {
  fromMs: number
  toMs: number
  fromMps: number
  toMps: number
  /** Turn to the left by the courses of the fixes, rad/s; NaN where unknown. Stands in for a missing gyro. */
  courseRate: number
  /** Evidence relative to a good fix, 0 to 1. */
  weight: number
}

const same = (a: Fix, b: Fix): boolean =>
  a.lat === b.lat && a.lon === b.lon && a.speedMps === b.speedMps && a.courseDeg === b.courseDeg

/** Lets fixes through that are news, and pairs their speeds into stretches about a second long. */
export const createFixGate = () => {
  let last: Fix | null = null
  let anchor: FixSpeed | null = null
  let paceMs = 1000

  return {
    /** Smoothed time between fixes, milliseconds. */
    get paceMs() {
      return paceMs
    },
    /** False for a fix that repeats the one before, or was never one, or goes back in time. */
    accept(fix: Fix): boolean {
      if (fix.mode === 1 || (fix.lat === null && fix.speedMps === null)) return false
      if (last !== null) {
        const stepMs = fix.tMs - last.tMs
        if (stepMs <= 0) return false
        const standing = (fix.speedMps ?? 0) < 0.5
        // A moving car that repeats itself to the last digit is a receiver that has lost its fix.
        if (same(fix, last) && (!standing || stepMs < repeatMs)) return false
        if (stepMs < 5000) paceMs += 0.2 * (stepMs - paceMs)
      }
      last = fix
      return true
    },
    /** The stretch that ends with this speed, or null while it is too short. */
    interval(read: FixSpeed): SpeedInterval | null {
      const from = anchor
      if (read.speedMps === null) return null
      const dtMs = from === null ? Number.POSITIVE_INFINITY : read.tMs - from.tMs
      if (from === null || from.speedMps === null || dtMs > maxIntervalMs) {
        anchor = read
        return null
      }
      if (dtMs < minIntervalMs) return null
      anchor = read
      const fast = from.speedMps > minCourseSpeedMps && read.speedMps > minCourseSpeedMps
      const turned =
        fast && from.courseDeg !== null && read.courseDeg !== null
          ? ((((read.courseDeg - from.courseDeg + 180) % 360) + 360) % 360) - 180
          : Number.NaN
      return {
        fromMs: from.tMs,
        toMs: read.tMs,
        fromMps: from.speedMps,
        toMps: read.speedMps,
        courseRate: (-turned / DEG_PER_RAD / (read.courseTMs - from.courseTMs)) * 1000,
        weight: read.weight,
      }
    },
  }
}
