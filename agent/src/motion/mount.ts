import { G_MPS2 } from '@fairmile/contract/units.ts'
import { anglesOf, dot, type MountAngles, rotationOf, unit, type Vector } from './axes.ts'
import type { Calibration, MountState } from './calibration.ts'
import type { SpeedInterval } from './fix-gate.ts'
import type { GyroBias } from './gyro-bias.ts'
import { createMountLags, lagCount, lagSpreadMs, lagStepMs } from './mount-lags.ts'
import { createMountReturn } from './mount-return.ts'
import { createMountWatch, type Move } from './mount-watch.ts'
import type { createImuHistory } from './time-align.ts'
import { createTurnAxis } from './turn-axis.ts'

export interface MountOptions {
  history: ReturnType<typeof createImuHistory>
  gyroBias: GyroBias
  gravityIncluded: boolean
  hasGyro: boolean
  /** Known by measurement: stands in for all evidence. */
  known?: MountAngles
  /** From an earlier run: used until there is better, dropped when gravity says otherwise. */
  saved?: Calibration
}

/** Taken before the data can tell: common for 1 Hz receivers. */
const defaultLagMs = 300

/** Slope under a parked car, one standard deviation 2°, against 0.4 m/s² in a second of driving of which ten hang together. */
const stopWeightPerS = 2.8
const stopSeconds = 5
/** Evidence is half forgotten in about 40 min of driving, since mounts creep. */
const fadePerS = 1 / 3600

/** Good enough to speak of the vehicle's axes; what that leaves unsure goes into every sample's sigma. */
const maxYawSigmaDeg = 12
const maxTiltSigmaDeg = 3
/** From here on gravity as it is felt is taken off even where the mount is known. */
const knownRestSigmaDeg = 1
/** Without gravity in it, a force that is tilted a little is too small by the cosine, no more. */
const maxTiltSigmaWithoutGravityDeg = 20
/** Speed changes that no car makes are a receiver's. */
const maxAccelerationMps2 = 9
/** Speed assumed where no receiver tells one, m/s: only the direction of what turns with it is used. */
const assumedMps = 10
/** In tight turns, rad/s, a device two metres from the rear axle is pushed by the turning itself: they count for little. */
const tightRate = 0.3
/** Seconds too slow for a course are taken for straight on, and for little: a car may turn into the street. */
const slowWeight = 0.3

/** The device was found to sit otherwise and all evidence dropped, or to sit as before again and all evidence taken back. */
export type MountChange = 'moved' | 'returned'

const none: Calibration = {
  confidence: 0,
  rollDeg: 0,
  pitchDeg: 0,
  yawDeg: 0,
  tiltSigmaDeg: 90,
  yawSigmaDeg: 180,
  lagMs: defaultLagMs,
}

/** Axes known so well tell which seconds are not of the device as it sits. */
const firmConfidence = 0.5

const confidenceOf = (tiltSigmaDeg: number, yawSigmaDeg: number): number =>
  Math.exp(-((tiltSigmaDeg / 3) ** 2) - (yawSigmaDeg / 10) ** 2)

/**
 * Finds how the device sits in the vehicle: gravity gives roll and pitch, at rest and averaged over driving; speed changes
 * and turns by GNSS, compared with the specific force at the same time, give yaw and side. One weighted regression does all
 * of it, for each candidate lag of the receiver; the lag that fits best is taken.
 */
export const createMount = (options: MountOptions) => {
  const { history, gyroBias, gravityIncluded, hasGyro, known, saved } = options
  const mean = new Float64Array(6)
  const watch = createMountWatch(gravityIncluded)
  const back = createMountReturn<{ lags: typeof lags; turnAxis: typeof turnAxis }>()
  const state: MountState = { rotation: null, rest: null, up: null, calibration: none, lagSigmaMs: lagSpreadMs }
  let lags = createMountLags(gravityIncluded)
  let turnAxis = createTurnAxis()
  let stopS = 0
  let withoutFixes = false
  /** Stretches that begin earlier are of another position. */
  let learnFromMs = Number.NEGATIVE_INFINITY

  const adopt = (angles: MountAngles, calibration: Calibration): void => {
    state.rotation = rotationOf(angles)
    state.up = state.rotation.slice(6, 9)
    state.rest = state.up.map((x) => (gravityIncluded ? x * G_MPS2 : 0)) as Vector
    state.calibration = calibration
  }

  const forget = (): void => {
    lags = createMountLags(gravityIncluded)
    turnAxis = createTurnAxis()
    watch.reset()
    stopS = 0
    withoutFixes = false
    state.rotation = state.rest = state.up = null
    state.calibration = none
    state.lagSigmaMs = lagSpreadMs
    if (known) adopt(known, { ...known, confidence: 1, tiltSigmaDeg: 0.3, yawSigmaDeg: 0.5, lagMs: defaultLagMs })
  }
  forget()

  /** What follows from a second's findings, `tMs` on the clock of the IMU. */
  const follow = (move: Move | null, isBack: boolean, tMs: number): MountChange | null => {
    if (isBack) {
      const { state: seat, evidence } = back.seat!
      forget()
      Object.assign(state, seat)
      lags = evidence.lags
      turnAxis = evidence.turnAxis
      back.forget()
    } else if (move === 'tilted') {
      back.leave(state, { lags, turnAxis })
      forget()
    } else if (move === 'turned') {
      back.forget()
      forget()
    } else return null
    learnFromMs = tMs
    return isBack ? 'returned' : 'moved'
  }
  if (saved && !known) adopt(saved, saved)

  const update = (): void => {
    const found = lags.solve(gravityIncluded ? null : turnAxis.up)
    if (found === null) return
    const { tiltSigmaDeg, yawSigmaDeg, lagMs } = found
    state.lagSigmaMs = found.lagSigmaMs
    if (known) {
      state.calibration = { ...state.calibration, lagMs }
      // What is measured of a mount is its axes, not the offset of the sensor in it.
      if (gravityIncluded && tiltSigmaDeg < knownRestSigmaDeg) state.rest = found.rest
      return
    }
    const confidence = confidenceOf(tiltSigmaDeg, yawSigmaDeg)
    if (confidence > (back.seat?.state.calibration.confidence ?? 1)) back.forget()
    if (saved && state.calibration === saved && confidence < saved.confidence) return
    state.rest = found.rest
    state.up = found.rotation.slice(6, 9)
    const maxTiltDeg = gravityIncluded ? maxTiltSigmaDeg : maxTiltSigmaWithoutGravityDeg
    const good = yawSigmaDeg <= maxYawSigmaDeg && tiltSigmaDeg <= maxTiltDeg
    state.rotation = good ? found.rotation : null
    state.calibration = { ...anglesOf(found.felt), confidence, tiltSigmaDeg, yawSigmaDeg, lagMs }
  }

  /** Which way is up, for the sense of turns. */
  const upright = (): Vector | null => {
    if (!gravityIncluded) return turnAxis.up
    return state.up ?? unit(mean.slice(0, 3))
  }

  /** By the gyro less its bias, of the means just taken; NaN where it cannot be told. */
  const gyroTurn = (up: Vector | null): number =>
    hasGyro && up !== null ? dot(mean.subarray(3), up) - dot(gyroBias.vector, up) : Number.NaN

  /** Whether the means just taken, at this speed, are of the device as it sat before it moved. */
  const isBack = (aLong: number, speedMps: number, courseRate: number): boolean => {
    if (back.seat === null) return false
    const turn = gyroTurn(back.seat.state.up)
    return back.push(mean, aLong, speedMps * (Number.isNaN(turn) ? courseRate || 0 : turn))
  }

  /** Looks at one stretch at the lag taken now: what the gyro shows, and whether the device still sits as it did. */
  const inspect = (interval: SpeedInterval, aLong: number): MountChange | null => {
    const dtS = (interval.toMs - interval.fromMs) / 1000
    const { lagMs } = state.calibration
    if (!history.mean(interval.fromMs - lagMs, interval.toMs - lagMs, mean)) return null
    if (hasGyro && !gravityIncluded) turnAxis.push(mean, 3, gyroBias.vector, interval.courseRate)
    const up = upright()
    if (hasGyro && up !== null) gyroBias.drive(mean, 3, up, interval.courseRate, dtS)
    const turn = gyroTurn(up)
    const rate = Number.isNaN(turn) ? interval.courseRate : turn
    if (known || Number.isNaN(rate)) return null
    const speedMps = (interval.fromMps + interval.toMps) / 2
    const move = watch.drive(state, mean, aLong, speedMps * rate, interval.fromMs - lagMs)
    return follow(move, isBack(aLong, speedMps, interval.courseRate), interval.toMs)
  }

  /** The second just looked at is not of the device as it is known to sit: a blow, or it has moved. */
  const isDoubtful = (): boolean => watch.doubtful && state.calibration.confidence > firmConfidence

  /** Adds one stretch at every lag. */
  const learn = (interval: SpeedInterval, aLong: number): void => {
    const { fromMs, toMs, fromMps, toMps } = interval
    // All lags see the same stretches, or their misfits could not be compared.
    if (isDoubtful() || fromMs - (lagCount - 1) * lagStepMs < learnFromMs) return
    if (!history.mean(fromMs - (lagCount - 1) * lagStepMs, toMs, mean)) return
    lags.fade(Math.exp((-(toMs - fromMs) / 1000) * fadePerS))
    const up = upright()
    for (let i = 0; i < lagCount; i++) {
      if (!history.mean(fromMs - i * lagStepMs, toMs - i * lagStepMs, mean)) return
      const gyro = gyroTurn(up)
      const turn = Number.isNaN(gyro) ? interval.courseRate : gyro
      const aLat = Number.isNaN(turn) ? 0 : ((fromMps + toMps) / 2) * turn
      const weight = interval.weight * (Number.isNaN(turn) ? slowWeight : 1 / (1 + (turn / tightRate) ** 2))
      lags.add(i, weight, aLong, aLat, mean)
    }
  }

  return {
    state,
    /** Begin of the last second in which the device surely sat as it did, on the clock of the IMU; NaN before any. */
    get sureMs() {
      return watch.sureMs
    },
    /** A second at rest, ending at `tMs`. */
    rest(tMs: number): MountChange | null {
      if (!history.mean(tMs - 1000, tMs, mean)) return null
      if (hasGyro) gyroBias.rest(mean, 3, 1)
      const change = known ? null : follow(watch.rest(state, mean, tMs - 1000), isBack(0, 0, 0), tMs)
      if (stopS < stopSeconds && !isDoubtful()) lags.addRest(stopWeightPerS, mean)
      stopS++
      update()
      return change
    },
    /**
     * A second of driving, ending at `tMs`, without a receiver: in bends a car is pushed to the side it turns to, whatever its
     * speed, so gravity and the gyro alone tell left, and with it forward. Before `learn` one may still come.
     */
    drive(tMs: number, learn: boolean): void {
      if (!hasGyro || !history.mean(tMs - 1000, tMs, mean)) return
      if (!gravityIncluded) turnAxis.push(mean, 3, gyroBias.vector, Number.NaN)
      const up = upright()
      const turn = gyroTurn(up)
      if (up === null || Number.isNaN(turn)) return
      gyroBias.drive(mean, 3, up, Number.NaN, 1)
      if (known || !learn) return
      lags.addAll(1, 0, assumedMps * turn, mean)
      withoutFixes = true
      stopS = 0
      update()
    },
    /** A stretch of driving between two fixes. */
    interval(interval: SpeedInterval): MountChange | null {
      // Evidence at an assumed speed and at a known one do not add up.
      if (withoutFixes) forget()
      const { fromMs, toMs, fromMps, toMps } = interval
      const aLong = ((toMps - fromMps) / (toMs - fromMs)) * 1000
      if (!(Math.abs(aLong) <= maxAccelerationMps2)) return null
      stopS = 0
      const change = inspect(interval, aLong)
      learn(interval, aLong)
      update()
      return change
    },
  }
}
