import type { Disturbance } from '../mishaps/jolt.ts'
import type { Random } from '../random.ts'
import type { Position } from '../road/position.ts'
import type { Vehicle } from '../vehicle/vehicle.ts'
import { createGnss, type GnssReading } from './gnss.ts'
import { createImu, type ImuReading } from './imu.ts'
import type { Mount } from './mount.ts'
import { createVibration } from './vibration.ts'

/** Where readings go while the drive runs; objects are reused, copy what you keep. */
export interface SensorSink {
  imu?(timeS: number, reading: ImuReading): void
  gnss?(reading: GnssReading): void
}

/** All that a car senses of itself. */
export interface SensorSuite {
  /** One step of the physics, `step` counted from the start of the drive. */
  sense(step: number, road: { roughness: number; engineOn: boolean }, sink: SensorSink): void
  /** What the IMU would feel now at rest on level ground but for noise, m/s². */
  levelForce(): [number, number, number]
}

/** Puts a receiver and an IMU into a car. @param options `stepHz` steps a second, a multiple of neither rate needed */
export function createSensorSuite(options: {
  car: Vehicle
  position: Position
  mount: Mount
  imuRateHz: number
  stepHz: number
  /** What befalls the box by its next reading. */
  felt: () => Disturbance
  firstFixS: number
  random: Random
}): SensorSuite {
  const { car, position, stepHz, random } = options
  const vibration = createVibration(random.fork('vibration'))
  const imu = createImu({ mount: options.mount, rateHz: options.imuRateHz, random: random.fork('imu') })
  const gnss = createGnss({ random: random.fork('gnss'), firstFixS: options.firstFixS })
  const stepsPerImu = stepHz / options.imuRateHz
  let imuReadings = 0
  /** A fix between being valid and having arrived. */
  let pending: GnssReading | null = null

  const locate = (timeS: number): GnssReading => {
    const heading = car.heading + Math.atan2(car.vy, Math.max(0.1, car.vx))
    return gnss.read(timeS, {
      lat: position.lat,
      lon: position.lon,
      altM: position.altM,
      speedMps: Math.hypot(car.vx, car.vy),
      courseDeg: 90 - (heading * 180) / Math.PI,
    })
  }
  return {
    levelForce: imu.levelForce,
    sense(step, { roughness, engineOn }, sink) {
      const timeS = step / stepHz
      const shake = vibration.step(1 / stepHz, car.vx, roughness, engineOn)
      if (step >= imuReadings * stepsPerImu) {
        imuReadings++
        sink.imu?.(timeS, imu.read(car, shake, options.felt()))
      }
      if (step % stepHz === 0) pending = locate(timeS)
      if (pending && timeS >= pending.arrivesS) {
        sink.gnss?.(pending)
        pending = null
      }
    },
  }
}
