import { quality } from '@fairmile/contract/telematics.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import type { Fix } from '../sensors.ts'

/** GNSS time by a serial line comes late by more or less: the earliest arrival is nearest the truth. */
const clockSlackMs = 1000
/** How fast a later arrival is followed: the drift of the monotonic clock. */
const driftShare = 0.01

/** Tells the time of records: GNSS time once a receiver has told it, the computer's clock until then. */
export const createRecordClock = (options: { wallMs: () => number }) => {
  let utcOffsetMs = Number.NaN
  let wallOffsetMs = Number.NaN

  /** Taken once, so that steps of the computer's clock do not show in the records of one boot. */
  const wallOffset = (tMs: number): number => {
    if (Number.isNaN(wallOffsetMs)) wallOffsetMs = options.wallMs() - tMs
    return wallOffsetMs
  }

  const at = (tMs: number): number => tMs + (Number.isNaN(utcOffsetMs) ? wallOffset(tMs) : utcOffsetMs)

  return {
    /** Takes the time of a fix that has a position. */
    fix(fix: Fix): void {
      if (fix.utcMs === null || fix.lat === null) return
      const offset = fix.utcMs - fix.tMs
      const step = offset - utcOffsetMs
      if (Math.abs(step) < clockSlackMs) utcOffsetMs += step > 0 ? step : step * driftShare
      else utcOffsetMs = offset
    },
    /** UTC epoch milliseconds of a moment on the monotonic clock. */
    at,
    /** Writes the time into a sample, and says so where it is not GNSS's. */
    stamp(sample: MotionSample): void {
      sample.atMs = at(sample.tMs)
      if (Number.isNaN(utcOffsetMs)) sample.quality |= quality.clockUnset
    },
  }
}
