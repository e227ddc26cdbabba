import { quality } from '@fairmile/contract/telematics.ts'
import { DEG_PER_RAD, G_MPS2 } from '@fairmile/contract/units.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import type { Fix, ImuSample } from '../sensors.ts'
import type { MountAngles, Vector } from './axes.ts'
import type { Calibration } from './calibration.ts'
import { createFixGate } from './fix-gate.ts'
import { createFixMotion } from './fix-motion.ts'
import { createFixSpeed } from './fix-speed.ts'
import { createGapFill } from './gap-fill.ts'
import { createGyroBias } from './gyro-bias.ts'
import { binMs, createImuBins, type ImuBin } from './imu-bins.ts'
import { createMount, type MountChange } from './mount.ts'
import { createPosition } from './position.ts'
import { createCrossSlope } from './slope.ts'
import { createSpeedFilter } from './speed-filter.ts'
import { createStillness } from './stillness.ts'
import { createImuHistory } from './time-align.ts'
import { createVehicleAxes } from './vehicle-axes.ts'

/** What is known of the sensors before they speak. */
export interface SensorFacts {
  hasGyro: boolean
  gravityIncluded: boolean
  /** Full scale of the accelerometer, m/s². */
  rangeMps2: number
}

/** An MPU-6050 at ±16 g. */
export const defaultSensorFacts: SensorFacts = { hasGyro: true, gravityIncluded: true, rangeMps2: 16 * G_MPS2 }

export interface FuseOptions {
  sensors: SensorFacts
  mount?: MountAngles
  savedCalibration?: Calibration
  /** What the gyro shows when nothing turns, rad/s in the device's axes, where it was found minutes from here. */
  gyroBias?: Vector
  /** One motion sample for each 100 ms, a fresh object each time; its `atMs` is left unknown. */
  onMotion: (sample: MotionSample) => void
  /**
   * The device was found at `tMs` to sit otherwise: accelerations since `fromMs` (NaN where unknown) were wrong, and are
   * unknown until its axes are found anew.
   */
  onMountMoved?: (tMs: number, fromMs: number) => void
  /** The device was found back where it sat before it moved: what was felt between is of another position. */
  onMountReturned?: (tMs: number, fromMs: number) => void
}

/** Fixes that wait for the IMU of their time, at most: 10 Hz fixes ahead of a FIFO burst of 0.8 s. */
const maxWaitingFixes = 8
/** Without a reading for so long there is no IMU: motion follows the fixes alone. */
const imuSilenceMs = 1500
/** Without a fix for so long, or two and a half times the receiver's pace, position and speed are bridged. */
const bridgeAfterMs = 2500
/** Bridged no longer than this: a slope of 0.1 m/s² not known of has made 3 m/s of it by then. */
const maxBridgeMs = 60_000

/** Slope of an ordinary road, one standard deviation of the force that it adds, m/s²: 4 %. */
const roadSlopeMps2 = 0.4
/** A gyro whose bias is less sure than this, rad/s, tells nothing of slopes: 0.35 °/s make 1 m/s² in 17 s. */
const maxBiasSigma = 0.006
/** Over shorter times a change of speed is the receiver's noise. */
const minRateMs = 500
/** A receiver that was silent for so long says nothing of whether the car stands. */
const deafAfterMs = 5000
const maxStandingMps2 = 0.3
/** Without any fix for so long the mount is looked for without a receiver; a cold start takes half a minute. */
const noReceiverMs = 45_000
/** From a move to when it is found, at most: eight seconds of gravity, and the receiver's lag. */
const moveFoundWithinMs = 12_000

/** IMU samples and fixes to motion samples at 10 Hz in the vehicle's axes. */
export const createFuse = (options: FuseOptions) => {
  const { sensors } = options
  const onMotion = createGapFill(options.onMotion)
  const history = createImuHistory()
  const gyroBias = createGyroBias(options.gyroBias)
  const mount = createMount({
    history,
    gyroBias,
    gravityIncluded: sensors.gravityIncluded,
    hasGyro: sensors.hasGyro,
    ...(options.mount && { known: options.mount }),
    ...(options.savedCalibration && { saved: options.savedCalibration }),
  })
  const toVehicle = createVehicleAxes({ state: mount.state, gyroBias, hasGyro: sensors.hasGyro })
  const speed = createSpeedFilter()
  const cross = createCrossSlope()
  const position = createPosition()
  const stillness = createStillness()
  const gate = createFixGate()
  const speedOf = createFixSpeed()
  const fixMotion = createFixMotion(onMotion)

  let waiting: Fix[] = []
  let lastBinMs = Number.NEGATIVE_INFINITY
  let firstBinMs = Number.NaN
  let stillSteps = 0
  let hadRotation = mount.state.rotation !== null
  let lastRest = mount.state.rest
  let newest: Fix | null = null
  let newestSpeed = Number.NaN
  let newestSpeedMs = Number.NaN
  const counts = { droppedFixes: 0, repeatedFixes: 0, mountMoved: 0, mountReturned: 0 }

  const tellChange = (change: MountChange | null, tMs: number): void => {
    if (change === 'moved') {
      counts.mountMoved++
      options.onMountMoved?.(tMs, Math.max(mount.sureMs, tMs - moveFoundWithinMs))
    } else if (change === 'returned') {
      counts.mountReturned++
      options.onMountReturned?.(tMs, tMs - moveFoundWithinMs)
    }
  }

  const applyFix = (fix: Fix): void => {
    const lagMs = mount.state.calibration.lagMs
    const read = speedOf(fix)
    const interval = gate.interval(read)
    if (interval !== null) tellChange(mount.interval(interval), fix.tMs)
    if (read.speedMps !== null) {
      // A lag that is not known well is a speed that is not known well while it changes.
      const rate = Math.abs((read.speedMps - newestSpeed) / Math.max(minRateMs, read.tMs - newestSpeedMs)) || 0
      speed.measure(read.tMs - lagMs, read.speedMps, Math.hypot(read.sigmaMps, mount.state.lagSigmaMs * rate))
      newestSpeedMs = read.tMs
    }
    if (fix.lat !== null && fix.lon !== null) position.measure(fix.tMs - lagMs, fix.lat, fix.lon, read.speedMps ?? 0)
    if (read.courseDeg !== null && read.speedMps !== null) {
      position.turn(read.courseTMs - lagMs, read.courseDeg, read.speedMps)
    }
    newest = fix
    newestSpeed = read.speedMps ?? Number.NaN
  }

  const settleFixes = (tMs: number): void => {
    while (waiting.length > 0 && waiting[0]!.tMs <= tMs) applyFix(waiting.shift()!)
  }

  /** After the mount became known, or was found to have moved, old slopes mean nothing; as it gets known better they shift. */
  const watchMount = (): void => {
    const { rotation, rest, calibration } = mount.state
    if (rest === lastRest) return
    if (rotation === null || !hadRotation) {
      if (rotation !== null || hadRotation) {
        cross.reset()
        speed.forgetSlope(Math.hypot(roadSlopeMps2, (calibration.tiltSigmaDeg / DEG_PER_RAD) * G_MPS2))
      }
    } else if (rest !== null && lastRest !== null) {
      let along = 0
      let across = 0
      for (let i = 0; i < 3; i++) {
        along += rotation[i]! * (lastRest[i]! - rest[i]!)
        across += rotation[3 + i]! * (lastRest[i]! - rest[i]!)
      }
      speed.shiftSlope(along)
      cross.shift(across)
    }
    hadRotation = rotation !== null
    lastRest = rest
  }

  const qualityOf = (bin: ImuBin): number => {
    let bits = 0
    if (mount.state.rotation === null) bits |= quality.uncalibrated
    if (bin.saturated) bits |= quality.saturated
    const ageMs = newest === null ? Number.POSITIVE_INFINITY : bin.tMs - newest.tMs
    if (ageMs > Math.max(bridgeAfterMs, 2.5 * gate.paceMs))
      bits |= newest === null ? quality.noFix : quality.noFix | quality.bridged
    return bits
  }

  const sigmaG = (): number => {
    const { rotation, calibration } = mount.state
    if (rotation === null) return Number.NaN
    // A yaw error turns part of a typical 0.2 g manoeuvre into the other axis.
    const yaw = 0.2 * Math.sin((Math.min(90, calibration.yawSigmaDeg) * Math.PI) / 180)
    const slope = Number.isNaN(speed.speedMps)
      ? Math.max(0.03, (calibration.tiltSigmaDeg * Math.PI) / 180)
      : Math.max(speed.slopeSigma, cross.sigma) / G_MPS2
    return Math.hypot(yaw, slope)
  }

  const onBin = (bin: ImuBin): void => {
    lastBinMs = bin.tMs
    if (Number.isNaN(firstBinMs)) firstBinMs = bin.tMs
    history.push(bin)
    const silentMs = bin.tMs - (newest?.tMs ?? Number.NEGATIVE_INFINITY)
    const still = stillness.push(bin, silentMs <= deafAfterMs ? newestSpeed : Number.NaN)
    watchMount()
    const { forward, left, up, pitchRate, yawRate } = toVehicle(bin)
    // A car that creeps off gently shakes no more than one that stands, but is pushed.
    const standing = still && !(Math.abs(forward - speed.slopeMps2) > maxStandingMps2)
    stillSteps = standing ? stillSteps + 1 : 0
    if (stillSteps > 0 && stillSteps % 10 === 0) {
      tellChange(mount.rest(bin.tMs), bin.tMs)
    } else if (stillSteps === 0 && bin.tMs % 1000 === 0 && silentMs > bridgeAfterMs) {
      mount.drive(bin.tMs, newest === null && bin.tMs - firstBinMs > noReceiverMs)
    }
    const slopeRate = sensors.gravityIncluded && gyroBias.sigma < maxBiasSigma ? -G_MPS2 * pitchRate : Number.NaN
    const yawSigma = Math.sin(Math.min(90, mount.state.calibration.yawSigmaDeg) / DEG_PER_RAD)
    speed.step(bin.tMs, forward, slopeRate, yawRate, yawSigma * Math.abs(left))
    if (standing) speed.stand(forward)
    settleFixes(bin.tMs)
    const v = speed.ageMs > maxBridgeMs ? Number.NaN : speed.speedMps
    cross.step(binMs / 1000, left, v, yawRate, standing)
    position.step(bin.tMs, v, yawRate)
    const bits = qualityOf(bin)
    const lost = (bits & quality.noFix) !== 0 && bin.tMs - (newest?.tMs ?? Number.NEGATIVE_INFINITY) > maxBridgeMs
    onMotion({
      tMs: bin.tMs,
      atMs: Number.NaN,
      lat: lost ? Number.NaN : position.lat,
      lon: lost ? Number.NaN : position.lon,
      altM: lost ? Number.NaN : (newest?.altM ?? Number.NaN),
      speedMps: v,
      headingDeg: position.headingDeg,
      aLong: forward - speed.slopeMps2,
      aLat: left - cross.leanMps2,
      aVert: up,
      yawRate,
      hdop: newest?.hdop ?? Number.NaN,
      limitKmh: Number.NaN,
      limitConfidence: Number.NaN,
      phoneUse: Number.NaN,
      sigmaG: sigmaG(),
      quality: bits,
    })
  }

  const bins = createImuBins({ rangeMps2: sensors.rangeMps2, onBin })

  return {
    get counts() {
      return { ...counts, jumpedFixes: position.counts.jumps }
    },
    get calibration(): Calibration {
      return mount.state.calibration
    },
    get gyroBias(): Vector {
      return gyroBias.vector
    },
    imu(sample: ImuSample): void {
      bins.push(sample)
    },
    fix(fix: Fix): void {
      if (!gate.accept(fix)) {
        counts.repeatedFixes++
        return
      }
      if (fix.tMs - lastBinMs > imuSilenceMs) {
        for (const one of waiting) newest = one
        waiting = []
        fixMotion.push(fix)
        newest = fix
        if (fix.speedMps !== null) speed.restart(fix.tMs, fix.speedMps)
        if (fix.lat !== null && fix.lon !== null) position.restart(fix.tMs, fix.lat, fix.lon)
        return
      }
      fixMotion.reset()
      waiting.push(fix)
      if (waiting.length > maxWaitingFixes) {
        waiting.shift()
        counts.droppedFixes++
      }
      settleFixes(lastBinMs)
    },
  }
}
