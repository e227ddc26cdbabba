import { G_MPS2 } from '@fairmile/contract/units.ts'
import { calm, type Disturbance } from '../mishaps/jolt.ts'
import type { Random } from '../random.ts'
import type { Vehicle } from '../vehicle/vehicle.ts'
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

/**
 * InvenSense MPU-6050 product specification rev. 3.4, sections 6.1 and 6.2: noise 400 µg/√Hz and 0.005 °/s/√Hz, zero
 * offset ±50 mg (x, y), ±80 mg (z) and ±20 °/s (factory limits, taken as three sigma and, for the gyro, after the usual
 * zeroing at rest as a tenth), sensitivity ±3 %, ranges ±16 g at 2048 LSB/g, so that a
 * crash is seen whole, and ±1000 °/s at 32.8 LSB/(°/s).
 */
const PART = {
  accelerationNoise: 400e-6 * G_MPS2,
  gyroNoise: 0.005 * (Math.PI / 180),
  offsetMps2: [0.05 / 3, 0.05 / 3, 0.08 / 3].map((g) => g * G_MPS2),
  gyroOffset: (2 / 3) * (Math.PI / 180),
  scale: 0.03 / 3,
  rangeMps2: 16 * G_MPS2,
  stepMps2: G_MPS2 / 2048,
  rangeRps: 1000 * (Math.PI / 180),
  stepRps: Math.PI / 180 / 32.8,
} as const
/** Offsets drift over minutes: about 2 mg and 0.02 °/s with a time constant of 300 s (bias instability of such parts). */
const DRIFT = { acceleration: 0.002 * G_MPS2, gyro: 0.02 * (Math.PI / 180), s: 300 }
const nothing = calm()
/** The box sits on the dashboard: metres ahead of and above the centre of gravity. */
const ARM = { x: 0.5, z: 0.4 }

/** A six-axis sensor stuck somewhere in the car. */
export interface Imu {
  /** @param jolt what befalls the box beside it @default nothing */
  read(car: Vehicle, shake: Shake, jolt?: Disturbance): ImuReading
  /** What it would feel now at rest on level ground but for noise, m/s²: gravity with the part's errors. */
  levelForce(): [number, number, number]
}

/** @param options `rateHz` readings a second (sets the noise bandwidth: half of it) */
export function createImu(options: { mount: Mount; rateHz: number; random: Random }): Imu {
  const { random, rateHz } = options
  const rotation = vehicleToDevice(options.mount)
  const bandwidth = Math.sqrt(rateHz / 2)
  const keep = Math.exp(-1 / (rateHz * DRIFT.s))
  const kick = Math.sqrt(1 - keep * keep)
  const offset = new Float64Array(6)
  const drift = new Float64Array(6)
  const scale = new Float64Array(6)
  for (let axis = 0; axis < 6; axis++) {
    offset[axis] = random.normal() * (axis < 3 ? PART.offsetMps2[axis]! : PART.gyroOffset)
    scale[axis] = 1 + PART.scale * random.normal()
  }
  const raw = new Float64Array(6)
  const reading: ImuReading = { ax: 0, ay: 0, az: 0, gx: 0, gy: 0, gz: 0 }

  /** Offset, drift, scale, noise, steps and limits of one axis. */
  const sense = (axis: number): number => {
    const isForce = axis < 3
    drift[axis] = keep * drift[axis]! + kick * (isForce ? DRIFT.acceleration : DRIFT.gyro) * random.normal()
    const noise = (isForce ? PART.accelerationNoise : PART.gyroNoise) * bandwidth * random.normal()
    const value = raw[axis]! * scale[axis]! + offset[axis]! + drift[axis]! + noise
    const range = isForce ? PART.rangeMps2 : PART.rangeRps
    const step = isForce ? PART.stepMps2 : PART.stepRps
    return Math.round(Math.max(-range, Math.min(range, value)) / step) * step
  }
  const turn = (first: number, x: number, y: number, z: number): void => {
    for (let row = 0; row < 3; row++)
      raw[first + row] = rotation[row * 3]! * x + rotation[row * 3 + 1]! * y + rotation[row * 3 + 2]! * z
  }
  return {
    levelForce() {
      turn(0, 0, 0, G_MPS2)
      const felt = (axis: number) => raw[axis]! * scale[axis]! + offset[axis]! + drift[axis]!
      return [felt(0), felt(1), felt(2)]
    },
    read(car, shake, jolt = nothing) {
      // Gravity in the body's axes: the road's slope lifts the nose, the springs let it dive and roll (small angles).
      const pitch = car.pitch - Math.atan(car.slope)
      const x = car.aLong - car.yawRate * car.yawRate * ARM.x - G_MPS2 * Math.sin(pitch) + shake.x
      const y = car.aLat + car.yawAcceleration * ARM.x + G_MPS2 * Math.sin(car.roll) + shake.y
      const z = G_MPS2 * Math.cos(pitch) * Math.cos(car.roll) + shake.z
      const held = 1 - jolt.loose
      turn(0, held * x + jolt.x, held * y + jolt.y, held * z + jolt.z)
      turn(3, car.rollRate + jolt.turnX, car.pitchRate + jolt.turnY, car.yawRate + jolt.turnZ)
      reading.ax = sense(0)
      reading.ay = sense(1)
      reading.az = sense(2)
      reading.gx = sense(3)
      reading.gy = sense(4)
      reading.gz = sense(5)
      return reading
    },
  }
}
