import { G_MPS2 } from '@fairmile/contract/units.ts'
import { calm, type Disturbance } from '../mishaps/jolt.ts'
import type { Random } from '../random.ts'
import type { Vehicle } from '../vehicle/vehicle.ts'
import { type ImuPart, mpu6050 } from './imu-parts.ts'
import { type Mount, vehicleToDevice } from './mount.ts'
import type { Shake } from './vibration.ts'

/** Specific force (m/s²) and rates (rad/s) in the device's axes; one object, overwritten each reading. */
export interface ImuReading {
  ax: number
  ay: number
  az: number
  gx: number
  gy: number
  gz: number
}

/** Offsets also wander over minutes: about 2 mg and 0.02 °/s with a time constant of 300 s (bias instability of such parts). */
const DRIFT = { acceleration: 0.002 * G_MPS2, gyro: 0.02 * (Math.PI / 180), s: 300 }
/** A box in a closed car warms by so many kelvin in the first minutes: its own power and the cabin's heating. */
const WARM_UP = { leastK: 3, mostK: 20, s: 420 } as const
/** Full scale: ±16 g, so that a crash is seen whole, and ±1000 °/s. */
const RANGE_MPS2 = 16 * G_MPS2
const RANGE_RPS = 1000 * (Math.PI / 180)
const nothing = calm()
/** Where boxes sit, metres from the centre of gravity: ahead (the boot is behind), to the left, and above. */
const PLACE = { ahead: [-1.2, 1.2], left: [-0.5, 0.5], above: [-0.2, 0.6] } as const

/** A six-axis sensor stuck somewhere in the car. */
export interface Imu {
  /**
   * The reading at a time, seconds since the start; call `rateHz` times a second.
   *
   * @param jolt what befalls the box beside it @default nothing
   */
  read(car: Vehicle, shake: Shake, timeS: number, jolt?: Disturbance): ImuReading
  /** What it would feel now at rest on level ground but for noise, m/s²: gravity with the part's errors. */
  levelForce(): [number, number, number]
  /** The device is knocked into another position. */
  remount(mount: Mount): void
}

export interface ImuOptions {
  mount: Mount
  /** Readings a second; half of it is the bandwidth of the noise. */
  rateHz: number
  random: Random
  /** @default an MPU-6050 */
  part?: ImuPart
  /** Whether gravity is taken off as a phone does, which knows up to a degree or so. @default false */
  gravityRemoved?: boolean
}

/** Creates a sensor with errors of its own. */
export function createImu(options: ImuOptions): Imu {
  const { random, rateHz, part = mpu6050, gravityRemoved = false } = options
  let rotation = vehicleToDevice(options.mount)
  const errors = createErrors(part, rateHz, random)
  const pull = gravityRemoved ? createLeftover(rateHz, random.fork('leftover')) : createPull()
  const arm = {
    x: random.range(...PLACE.ahead),
    y: random.range(...PLACE.left),
    z: random.range(...PLACE.above),
  }
  const raw = new Float64Array(6)
  const reading: ImuReading = { ax: 0, ay: 0, az: 0, gx: 0, gy: 0, gz: 0 }
  let rollBefore = 0
  let pitchBefore = 0

  const turn = (first: number, x: number, y: number, z: number): void => {
    for (let row = 0; row < 3; row++)
      raw[first + row] = rotation[row * 3]! * x + rotation[row * 3 + 1]! * y + rotation[row * 3 + 2]! * z
  }
  return {
    remount(mount) {
      rotation = vehicleToDevice(mount)
    },
    levelForce() {
      turn(0, 0, 0, gravityRemoved ? 0 : G_MPS2)
      raw.fill(0, 3)
      const felt = (axis: number) => errors.exact(raw, axis)
      return [felt(0), felt(1), felt(2)]
    },
    read(car, shake, timeS, jolt = nothing) {
      // The body's attitude: the road's slope lifts the nose, its bank a side; springs and unevenness add to both.
      const pitch = car.pitch - Math.atan(car.slope) + shake.pitch
      const roll = car.roll + Math.atan(car.bank) + shake.roll
      const pitchRate = car.pitchRate - car.slopeRate + shake.pitchRate
      const rollRate = car.rollRate + car.bankRate + shake.rollRate
      const rollAcceleration = (car.rollRate - rollBefore) * rateHz
      const pitchAcceleration = (car.pitchRate - pitchBefore) * rateHz
      rollBefore = car.rollRate
      pitchBefore = car.pitchRate
      const spin = car.yawRate * car.yawRate
      const x = car.aLong - spin * arm.x - car.yawAcceleration * arm.y + pitchAcceleration * arm.z
      const y = car.aLat - spin * arm.y + car.yawAcceleration * arm.x - rollAcceleration * arm.z
      const z = car.aUp + rollAcceleration * arm.y - pitchAcceleration * arm.x
      const held = 1 - jolt.loose
      pull.step(pitch, roll)
      turn(
        0,
        held * (x + pull.x + shake.x) + jolt.x,
        held * (y + pull.y + shake.y) + jolt.y,
        held * (z + pull.z + shake.z) + jolt.z,
      )
      // Rates of these angles about the body's own axes (e.g. Titterton, Weston, Strapdown Inertial Navigation, 3.6.3), so
      // that the gyro feels whatever turns gravity.
      turn(
        3,
        rollRate - car.yawRate * Math.sin(pitch) + jolt.turnX,
        pitchRate * Math.cos(roll) + car.yawRate * Math.sin(roll) * Math.cos(pitch) + jolt.turnY,
        car.yawRate * Math.cos(roll) * Math.cos(pitch) - pitchRate * Math.sin(roll) + jolt.turnZ,
      )
      errors.step(timeS)
      reading.ax = errors.sense(raw, 0)
      reading.ay = errors.sense(raw, 1)
      reading.az = errors.sense(raw, 2)
      reading.gx = errors.sense(raw, 3)
      reading.gy = errors.sense(raw, 4)
      reading.gz = errors.sense(raw, 5)
      return reading
    },
  }
}

/** What of gravity is in the reading, m/s² in the body's axes. */
interface Pull {
  x: number
  y: number
  z: number
  step(pitch: number, roll: number): void
}

function createPull(): Pull {
  return {
    x: 0,
    y: 0,
    z: G_MPS2,
    step(pitch, roll) {
      this.x = -G_MPS2 * Math.sin(pitch)
      this.y = G_MPS2 * Math.sin(roll) * Math.cos(pitch)
      this.z = G_MPS2 * Math.cos(pitch) * Math.cos(roll)
    },
  }
}

/** What a phone leaves of gravity: its idea of where up is errs by about half a degree and forgets in some 20 s. */
function createLeftover(rateHz: number, random: Random): Pull {
  const sigma = 0.1
  const keep = Math.exp(-1 / (rateHz * 20))
  const kick = sigma * Math.sqrt(1 - keep * keep)
  return {
    x: sigma * random.normal(),
    y: sigma * random.normal(),
    z: 0,
    step() {
      this.x = keep * this.x + kick * random.normal()
      this.y = keep * this.y + kick * random.normal()
    },
  }
}

/** Offset, warmth, drift, scale, leakage, noise, steps and limits of six axes. */
function createErrors(part: ImuPart, rateHz: number, random: Random) {
  const bandwidth = Math.sqrt(rateHz / 2)
  const keep = Math.exp(-1 / (rateHz * DRIFT.s))
  const kick = Math.sqrt(1 - keep * keep)
  const offset = new Float64Array(6)
  const perK = new Float64Array(6)
  const drift = new Float64Array(6)
  /** What axis j adds to axis i of its triad, row by row; the diagonal is the scale. */
  const mix = new Float64Array(18)
  for (let axis = 0; axis < 6; axis++) {
    const isForce = axis < 3
    offset[axis] = random.normal() * (isForce ? part.offsetMps2[axis]! : part.gyroOffsetRps)
    perK[axis] = random.normal() * (isForce ? part.offsetPerK : part.gyroOffsetPerK)
    for (let other = 0; other < 3; other++) {
      const diagonal = axis % 3 === other
      const sigma = diagonal ? (isForce ? part.scale : part.gyroScale) : part.crossAxis
      mix[axis * 3 + other] = (diagonal ? 1 : 0) + sigma * random.normal()
    }
  }
  const warmK = random.range(WARM_UP.leastK, WARM_UP.mostK)
  let kelvin = 0

  const exact = (raw: Float64Array, axis: number): number => {
    const first = axis < 3 ? 0 : 3
    let value = offset[axis]! + perK[axis]! * kelvin + drift[axis]!
    for (let other = 0; other < 3; other++) value += mix[axis * 3 + other]! * raw[first + other]!
    return value
  }
  return {
    exact,
    step(timeS: number): void {
      kelvin = warmK * (1 - Math.exp(-timeS / WARM_UP.s))
      for (let axis = 0; axis < 6; axis++)
        drift[axis] = keep * drift[axis]! + kick * (axis < 3 ? DRIFT.acceleration : DRIFT.gyro) * random.normal()
    },
    sense(raw: Float64Array, axis: number): number {
      const isForce = axis < 3
      const noise = (isForce ? part.accelerationNoise : part.gyroNoise) * bandwidth * random.normal()
      const range = isForce ? RANGE_MPS2 : RANGE_RPS
      const step = isForce ? G_MPS2 / part.perG : Math.PI / 180 / part.perDps
      return Math.round(Math.max(-range, Math.min(range, exact(raw, axis) + noise)) / step) * step
    },
  }
}
