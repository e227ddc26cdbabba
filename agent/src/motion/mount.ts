import { DEG_PER_RAD, G_MPS2 } from '@fairmile/contract/units.ts'
import {
  anglesOf,
  dot,
  type MountAngles,
  norm,
  planeAcross,
  type Rotation,
  rotationFrom,
  rotationOf,
  unit,
  type Vector,
} from './axes.ts'
import { createMountRegression, type MountRegression, type Solution } from './mount-regression.ts'
import type { createImuHistory } from './time-align.ts'

/** How well the device's axes are known in the vehicle's. */
export interface Calibration extends MountAngles {
  /** 0 (nothing known) to 1. */
  confidence: number
  tiltSigmaDeg: number
  yawSigmaDeg: number
  /** How far the receiver's speed lags behind the IMU, milliseconds. */
  lagMs: number
}

/** What the axes are right now. */
export interface MountState {
  /** Null before the direction of travel is known well enough. */
  rotation: Rotation | null
  /** Specific force at rest to be taken off, in the device's axes, m/s²; null before anything is known. */
  rest: Vector | null
  /** Unit vector up in the device's axes. */
  up: Vector | null
  calibration: Calibration
}

/** One stretch between two fixes, for `interval`. */
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

/** Lags tried: receivers filter their speed over up to two seconds. */
const lagStepMs = 100
const lagCount = 21
/** Taken before the data can tell: common for 1 Hz receivers. */
const defaultLagMs = 300

/** Slope under a parked car, one standard deviation 2°, against 0.4 m/s² in a second of driving of which ten hang together. */
const stopWeightPerS = 2.8
const stopSeconds = 5
/** Successive seconds share slopes and manoeuvres: variances are larger than for independent ones by these. */
const restCorrelation = 10
const axesCorrelation = 4

/** Evidence is half forgotten in about 40 min of driving, since mounts creep. */
const fadePerS = 1 / 3600

/** A stop whose gravity lies this far off is no slope: the mount was moved. */
const movedDeg = 12
/** Good enough to speak of the vehicle's axes. */
const maxYawSigmaDeg = 8
const maxTiltSigmaDeg = 3
/** Speed changes that no car makes are a receiver's. */
const maxAccelerationMps2 = 9

const confidenceOf = (tiltSigmaDeg: number, yawSigmaDeg: number): number =>
  Math.exp(-((tiltSigmaDeg / 3) ** 2) - (yawSigmaDeg / 10) ** 2)

/**
 * Finds how the device sits in the vehicle: gravity gives roll and pitch, at rest and averaged over driving; speed changes
 * and turns by GNSS, compared with the specific force at the same time, give yaw and side. One weighted regression does all
 * of it, for each candidate lag of the receiver; the lag that fits best is taken.
 */
export const createMount = (options: {
  history: ReturnType<typeof createImuHistory>
  gravityIncluded: boolean
  hasGyro: boolean
  /** Known by measurement: stands in for all evidence. */
  known?: MountAngles
  /** From an earlier run: used until there is better, dropped when gravity says otherwise. */
  saved?: Calibration
}) => {
  const { history, gravityIncluded, hasGyro, known, saved } = options
  const mean = new Float64Array(6)
  let lags: MountRegression[] = []
  let stopS = 0
  let evidence = 0
  let best = -1
  let withoutFixes = false

  const none: Calibration = {
    confidence: 0,
    rollDeg: 0,
    pitchDeg: 0,
    yawDeg: 0,
    tiltSigmaDeg: 90,
    yawSigmaDeg: 180,
    lagMs: defaultLagMs,
  }
  const state: MountState = { rotation: null, rest: null, up: null, calibration: none }

  const adopt = (angles: MountAngles, calibration: Calibration): void => {
    const rotation = rotationOf(angles)
    const up = rotation.slice(6, 9)
    state.rotation = rotation
    state.up = up
    state.rest = up.map((x) => (gravityIncluded ? x * G_MPS2 : 0)) as Vector
    state.calibration = calibration
  }

  const reset = (): void => {
    lags = Array.from({ length: lagCount }, createMountRegression)
    stopS = 0
    evidence = 0
    best = -1
    withoutFixes = false
    state.rotation = null
    state.rest = null
    state.up = null
    state.calibration = none
    if (known) adopt(known, { ...known, confidence: 1, tiltSigmaDeg: 0.3, yawSigmaDeg: 0.5, lagMs: defaultLagMs })
    else if (saved) adopt(saved, saved)
  }
  reset()

  /** The lag whose regression leaves least unexplained, once there is enough to compare. */
  const choose = (): Solution | null => {
    let chosen: Solution | null = null
    let least = Number.POSITIVE_INFINITY
    for (let i = 0; i < lagCount; i++) {
      const solution = lags[i]!.solve()
      if (solution === null) continue
      const misfit = lags[i]!.misfit(solution)
      if (misfit >= least) continue
      least = misfit
      chosen = solution
      best = i
    }
    if (evidence < minEvidence) best = -1
    return chosen
  }

  const update = (): void => {
    const solution = choose()
    if (solution === null) return
    const lagMs = best < 0 ? defaultLagMs : best * lagStepMs
    if (known) {
      state.calibration = { ...state.calibration, lagMs }
      return
    }
    const found = axesFrom(solution, gravityIncluded)
    if (found === null) return
    const candidate: Calibration = {
      ...anglesOf(found.rotation),
      confidence: confidenceOf(found.tiltSigmaDeg, found.yawSigmaDeg),
      tiltSigmaDeg: found.tiltSigmaDeg,
      yawSigmaDeg: found.yawSigmaDeg,
      lagMs,
    }
    if (saved && state.calibration === saved && candidate.confidence < saved.confidence) return
    state.rest = solution.rest
    state.up = found.up
    const good = candidate.yawSigmaDeg <= maxYawSigmaDeg && candidate.tiltSigmaDeg <= maxTiltSigmaDeg
    state.rotation = good ? found.rotation : null
    state.calibration = candidate
  }

  const moved = (): boolean => {
    if (known || !gravityIncluded || state.up === null || state.calibration.tiltSigmaDeg > maxTiltSigmaDeg) return false
    const length = Math.hypot(mean[0]!, mean[1]!, mean[2]!)
    const cosine = (mean[0]! * state.up[0]! + mean[1]! * state.up[1]! + mean[2]! * state.up[2]!) / length
    return Math.acos(Math.min(1, cosine)) * DEG_PER_RAD > movedDeg
  }

  return {
    state,
    /** A second at rest, ending at `tMs`; true when the mount was found to have moved, and all evidence dropped. */
    rest(tMs: number): boolean {
      if (!history.mean(tMs - 1000, tMs, mean)) return false
      const wasMoved = stopS >= 1 && moved()
      if (wasMoved) {
        reset()
        if (saved) state.rotation = state.rest = state.up = null
      }
      if (stopS < stopSeconds) for (const lag of lags) lag.add(stopWeightPerS, 0, 0, mean)
      stopS++
      update()
      return wasMoved
    },
    /**
     * A second of driving, ending at `tMs`, without a receiver: in bends a car is pushed to the side it turns to, whatever its
     * speed, so gravity and the gyro alone tell left, and with it forward.
     */
    turn(tMs: number): void {
      if (!hasGyro || !history.mean(tMs - 1000, tMs, mean)) return
      const up = state.up ?? (gravityIncluded ? unit(mean.slice(0, 3)) : null)
      if (up === null) return
      const aLat = assumedMps * (mean[3]! * up[0]! + mean[4]! * up[1]! + mean[5]! * up[2]!)
      for (const lag of lags) lag.add(1, 0, aLat, mean)
      withoutFixes = true
      stopS = 0
      update()
    },
    /** A stretch of driving between two fixes. */
    interval(interval: SpeedInterval): void {
      const { fromMs, toMs, fromMps, toMps } = interval
      // Evidence at an assumed speed and at a known one do not add up.
      if (withoutFixes) reset()
      const aLong = ((toMps - fromMps) / (toMs - fromMs)) * 1000
      if (!(Math.abs(aLong) <= maxAccelerationMps2)) return
      stopS = 0
      // All lags see the same stretches, or their misfits could not be compared.
      if (!history.mean(fromMs - (lagCount - 1) * lagStepMs, toMs, mean)) return
      const up = state.up ?? (gravityIncluded ? unit(mean.slice(0, 3)) : null)
      for (let i = 0; i < lagCount; i++) {
        if (!history.mean(fromMs - i * lagStepMs, toMs - i * lagStepMs, mean)) return
        const gyro = hasGyro && up !== null ? mean[3]! * up[0]! + mean[4]! * up[1]! + mean[5]! * up[2]! : Number.NaN
        const turn = Number.isNaN(gyro) ? interval.courseRate : gyro
        if (Number.isNaN(turn)) continue
        const aLat = ((fromMps + toMps) / 2) * turn
        const lag = lags[i]!
        lag.fade(Math.exp((-(toMs - fromMs) / 1000) * fadePerS))
        lag.add(interval.weight, aLong, aLat, mean)
        if (i === 0) evidence += interval.weight * (aLong * aLong + aLat * aLat)
      }
      update()
    },
  }
}

/** Speed assumed where no receiver tells one, m/s: only the direction of what turns with it is used. */
const assumedMps = 10

/** Sum of squared accelerations, (m/s²)², from which on lag and axes may be read off: some ten firm manoeuvres. */
const minEvidence = 8

/** The vehicle's axes of a solution, with one standard deviation of tilt and yaw. */
const axesFrom = (solution: Solution, gravityIncluded: boolean) => {
  const { rest, forward, left } = solution
  const up = gravityIncluded ? unit(rest) : acrossBoth(forward, left)
  if (up === null || (gravityIncluded && norm(rest) < G_MPS2 / 2)) return null
  const [p, q] = planeAcross(up)
  const variance = solution.residual * axesCorrelation
  const forwardWeight = 1 / (variance * solution.forwardGain)
  const leftWeight = 1 / (variance * solution.leftGain)
  // Left is a quarter turn ahead of forward, so turn it back before the two directions are averaged.
  const along = forwardWeight * dot(forward, p) + leftWeight * dot(left, q)
  const aside = forwardWeight * dot(forward, q) - leftWeight * dot(left, p)
  const length = Math.hypot(along, aside)
  // A mean of unit vectors with these weights would have length forwardWeight + leftWeight.
  const yawSigma = Math.sqrt(forwardWeight + leftWeight) / Math.max(length, 1e-9)
  const tiltSigma = Math.sqrt(solution.residual * restCorrelation * solution.restGain) / G_MPS2
  return {
    up,
    rotation: rotationFrom(up, p, q, Math.atan2(aside, along)),
    tiltSigmaDeg: Math.min(90, tiltSigma * DEG_PER_RAD),
    yawSigmaDeg: Math.min(180, yawSigma * DEG_PER_RAD),
  }
}

const acrossBoth = (forward: Vector, left: Vector): Vector | null => {
  const up = Float64Array.of(
    forward[1]! * left[2]! - forward[2]! * left[1]!,
    forward[2]! * left[0]! - forward[0]! * left[2]!,
    forward[0]! * left[1]! - forward[1]! * left[0]!,
  )
  return norm(up) > 0.1 ? unit(up) : null
}
