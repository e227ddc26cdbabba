import { quality } from '@fairmile/contract/telematics.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import type { Calibration } from '../motion/calibration.ts'
import type { Fix, ImuSample } from '../sensors.ts'
import type { ImplausibleReason } from './evidence.ts'
import { maxSpeedMps, wrongWith } from './fix-sanity.ts'
import { createFixSteps } from './fix-steps.ts'
import { createImuHealth } from './imu-health.ts'
import { createPositionDrift } from './position-drift.ts'
import { createSensorAgreement } from './sensor-agreement.ts'

/** No crash holds an axis at its limit for so many steps of 100 ms. */
const maxSaturatedSteps = 3
/** After the last sign of it motion stays implausible for so long: a receiver's next fix. */
const holdMs = 1000
/** After signs that take time to gather: as long as a scored window. */
const slowHoldMs = 10_000
/** A number that is none now and then is left out; the motion goes on with the readings around it for so long. */
const hiccupMs = 250
/** An IMU that told nothing of use for so long is as good as none: the receiver alone is better than nothing. */
const uselessMs = 20_000
const slow: readonly ImplausibleReason[] = ['position_drift', 'course_drift', 'speed_mismatch']

const goingOn = 'going on without it, by the receiver alone'
const uselessImu: Partial<Record<ImplausibleReason, string>> & { imu_range: string } = {
  bad_number: `the IMU tells numbers that are none: ${goingOn}; a recording needs ax, ay and az in every row of imu.csv`,
  imu_frozen: `the IMU tells the same over and over: ${goingOn}; check its wiring`,
  imu_range: `the IMU does not feel the Earth's weight: ${goingOn}; check its wiring and range, and "gravity" in the drive.json of a recording`,
}

export interface PlausibilityOptions {
  gravityIncluded: boolean
  /** How the device sits, and how far the receiver's speeds lag behind the IMU. */
  calibration: () => Pick<Calibration, 'confidence' | 'lagMs'>
  /** Says once what is given up, and what to do. */
  trouble: (message: string) => void
}

/** Tells motion that no car can have from motion that is only odd, before anything is judged by it. */
export const createPlausibility = (options: PlausibilityOptions) => {
  const counts: Partial<Record<ImplausibleReason, number>> = {}
  const steps = createFixSteps()
  const drift = createPositionDrift()
  const agreement = createSensorAgreement(options.calibration)
  const imuHealth = createImuHealth(options)
  let untilMs = Number.NEGATIVE_INFINITY
  let lastFixMs = Number.NEGATIVE_INFINITY
  let newestMs = 0
  let saturatedSteps = 0
  let newest: ImplausibleReason | null = null
  let goodImuMs = Number.NEGATIVE_INFINITY
  let uselessSinceMs = Number.NaN
  let toldUseless = false

  const suspect = (reason: ImplausibleReason, tMs: number): void => {
    counts[reason] = (counts[reason] ?? 0) + 1
    newest = reason
    untilMs = Math.max(untilMs, tMs + (slow.includes(reason) ? slowHoldMs : holdMs))
  }

  return {
    /** How often each reason was met. */
    counts,
    /** The newest reason; null before the first. */
    get reason() {
      return newest
    },
    /** False for a fix that must not be used at all. */
    fix(fix: Fix): boolean {
      if (fix.mode === 1) return true
      const atMs = Number.isFinite(fix.tMs) ? fix.tMs : newestMs
      const wrong = wrongWith(fix)
      if (wrong !== null) {
        suspect(wrong, atMs)
        return false
      }
      if (fix.tMs <= lastFixMs) return true
      lastFixMs = fix.tMs
      const step = steps.push(fix)
      if (step !== null) suspect(step, atMs)
      if (step === 'teleport') {
        drift.forget()
        return false
      }
      if (drift.push(fix)) suspect('position_drift', atMs)
      agreement.fix(fix)
      return true
    },
    /** False for a reading that must not be used at all. */
    imu(sample: ImuSample): boolean {
      const wrong = imuHealth.push(sample)
      const { tMs } = sample
      if (wrong === null) {
        goodImuMs = tMs
        uselessSinceMs = Number.NaN
        return true
      }
      if (wrong === 'bad_number' && tMs - goodImuMs < hiccupMs) return false
      if (Number.isNaN(uselessSinceMs)) uselessSinceMs = tMs
      if (tMs - uselessSinceMs > uselessMs) {
        if (!toldUseless) options.trouble(uselessImu[wrong] ?? uselessImu.imu_range)
        toldUseless = true
        return false
      }
      suspect(wrong, tMs)
      return wrong !== 'bad_number'
    },
    /** Compares a motion sample with the receiver, and marks it where motion is not to be believed. */
    motion(sample: MotionSample): void {
      newestMs = sample.tMs
      saturatedSteps = (sample.quality & quality.saturated) === 0 ? 0 : saturatedSteps + 1
      if (saturatedSteps > maxSaturatedSteps || sample.speedMps > maxSpeedMps) suspect('imu_range', sample.tMs)
      agreement.motion(sample)
      if (agreement.reason !== null) suspect(agreement.reason, sample.tMs)
      if (sample.tMs <= untilMs) sample.quality |= quality.implausible
    },
  }
}
