import type { Disturbance } from '../mishaps/jolt.ts'
import type { Random } from '../random.ts'
import type { Position } from '../road/position.ts'
import type { Vehicle } from '../vehicle/vehicle.ts'
import { createGnss, type GnssReading } from './gnss.ts'
import { createImu, type ImuReading } from './imu.ts'
import type { ImuPart } from './imu-parts.ts'
import type { Mount } from './mount.ts'
import type { Receiver } from './receiver.ts'
import { createVibration } from './vibration.ts'

/** Where readings go while the drive runs; objects are reused, copy what you keep. */
export interface SensorSink {
  imu?(timeS: number, reading: ImuReading): void
  gnss?(reading: GnssReading): void
}

/** The sensors of one box. */
export interface SensorTraits {
  /** @default an MPU-6050 */
  imuPart?: ImuPart
  /** Relative error of the IMU's own clock: it gives so many more readings than it says. @default 0 */
  imuClockError?: number
  /** Whether gravity is taken off, as phones do. @default false */
  gravityRemoved?: boolean
  /** @default 1 */
  gnssRateHz?: number
  /** @default a NEO-M8 */
  receiver?: Receiver
}

/** What the road does to the sensors in one step. */
export interface Underway {
  roughness: number
  /** 1 at the moment the front axle meets a speed bump, −1 for the rear axle, 0 otherwise. */
  bump: number
  builtUp: boolean
  engineOn: boolean
}

/** All that a car senses of itself. */
export interface SensorSuite {
  /** One step of the physics, `step` counted from the start of the drive. */
  sense(step: number, underway: Underway, sink: SensorSink): void
  /** What the IMU would feel now at rest on level ground but for noise, m/s². */
  levelForce(): [number, number, number]
  /** The box is knocked into another position. */
  remount(mount: Mount): void
}

/** Puts a receiver and an IMU into a car. @param options `stepHz` steps a second, a multiple of neither rate needed */
export function createSensorSuite(options: {
  car: Vehicle
  position: Position
  mount: Mount
  /** Readings a second, as the label says. */
  imuRateHz: number
  traits: SensorTraits
  stepHz: number
  /** What befalls the box by its next reading. */
  felt: () => Disturbance
  firstFixS: number
  random: Random
}): SensorSuite {
  const { car, position, stepHz, random, imuRateHz } = options
  const { imuPart, gravityRemoved = false, imuClockError = 0, gnssRateHz = 1, receiver } = options.traits
  const vibration = createVibration(random.fork('vibration'))
  const imu = createImu({
    mount: options.mount,
    rateHz: imuRateHz,
    random: random.fork('imu'),
    gravityRemoved,
    ...(imuPart && { part: imuPart }),
  })
  const gnss = createGnss({
    random: random.fork('gnss'),
    firstFixS: options.firstFixS,
    rateHz: gnssRateHz,
    ...(receiver && { receiver }),
  })
  const stepsPerImu = stepHz / (imuRateHz * (1 + imuClockError))
  const stepsPerFix = stepHz / gnssRateHz
  let imuReadings = 0
  let fixes = 0
  /** Fixes between being valid and having arrived: a second of them at most, since no receiver is later. */
  const pending: GnssReading[] = []

  const locate = (timeS: number, builtUp: boolean): GnssReading => {
    const heading = car.heading + Math.atan2(car.vy, Math.max(0.1, Math.abs(car.vx))) + (car.vx < 0 ? Math.PI : 0)
    return gnss.read(timeS, {
      lat: position.lat,
      lon: position.lon,
      altM: position.altM,
      speedMps: Math.hypot(car.vx, car.vy),
      courseDeg: 90 - (heading * 180) / Math.PI,
      builtUp,
    })
  }
  return {
    levelForce: imu.levelForce,
    remount: imu.remount,
    sense(step, underway, sink) {
      const timeS = step / stepHz
      const shake = vibration.step(1 / stepHz, car.vx, underway)
      while (step + 1 > imuReadings * stepsPerImu) {
        const atS = Math.max(timeS, (imuReadings++ * stepsPerImu) / stepHz)
        sink.imu?.(atS, imu.read(car, shake, atS, options.felt()))
      }
      if (step >= fixes * stepsPerFix) {
        fixes++
        pending.push(locate(timeS, underway.builtUp))
      }
      while (pending.length > 0 && timeS >= pending[0]!.arrivesS) {
        const reading = pending.shift()!
        sink.gnss?.(reading)
      }
    },
  }
}
