import { createDriver, DECISION_S, type Driver } from './driver/driver.ts'
import { drawTemperament, type Temperament } from './driver/temperament.ts'
import { createRandom } from './random.ts'
import { CAR_M, createTraffic, type Traffic } from './road/lead.ts'
import { createPosition, type Position } from './road/position.ts'
import { createRoad, NODE_M, type Road } from './road/road.ts'
import type { StretchKind } from './road/stretches.ts'
import { createGnss, type GnssReading } from './sensors/gnss.ts'
import { createImu, type ImuReading } from './sensors/imu.ts'
import type { Mount } from './sensors/mount.ts'
import { createVibration } from './sensors/vibration.ts'
import { createTrueEvents, type TrueEvent } from './truth/events.ts'
import { createVehicle, stepVehicle, type Vehicle } from './vehicle/vehicle.ts'

/** Steps a second of the physics. */
const STEP_HZ = 100
const STEP_S = 1 / STEP_HZ
/** Engine on and standing before moving off, and after parking: gravity is found at rest. */
const BEFORE_S = 18
const AFTER_S = 8
/** Where no place to park is reached in time the drive ends this much later. */
const LATEST_S = 60
/** No road is faster: the longest way that a drive can need. */
const FASTEST_MPS = 44

export interface DriveOptions {
  /** Seed of this drive: road, traffic, errors. */
  seed: number
  /** Seed of the driver; the same person may have many drives. */
  driverSeed: number
  durationS: number
  mount: Mount
  imuRateHz: number
  start?: { lat: number; lon: number; altM: number; headingDeg: number }
  startKind?: StretchKind
  standingS?: number
}

/** Where readings go while the drive runs; objects are reused, copy what you keep. */
export interface DriveSink {
  imu?(timeS: number, reading: ImuReading): void
  gnss?(reading: GnssReading): void
}

/** One drive of one person on one road, a step of 10 ms at a time. */
export interface Drive {
  readonly temperament: Temperament
  readonly car: Vehicle
  readonly position: Position
  readonly driver: Driver
  readonly timeS: number
  readonly distanceM: number
  readonly limitKmh: number
  /** Lookouts that ended in a swerve because braking came too late. */
  readonly nearCrashes: readonly number[]
  readonly limits: readonly (readonly [number, number])[]
  /** Moves on by one step; false from when the car has parked and time is over. It then stands, with the engine off. */
  step(sink: DriveSink): boolean
  /** Everything that truly happened so far. */
  trueEvents(): TrueEvent[]
}

/** Sets a person into a car on a road. The drive lasts `durationS`, standing and parking included. */
export function createDrive(options: DriveOptions): Drive {
  const random = createRandom(options.seed, 'drive')
  const temperament = drawTemperament(createRandom(options.driverSeed, 'driver'))
  const road = createRoad({
    random: random.fork('road'),
    lengthM: options.durationS * FASTEST_MPS * Math.max(1, temperament.speedFactor) * 0.8 + 500,
    ...(options.startKind ? { start: options.startKind } : {}),
  })
  return runDrive(options, road, temperament, random)
}

function runDrive(
  options: DriveOptions,
  road: Road,
  temperament: Temperament,
  random: ReturnType<typeof createRandom>,
): Drive {
  const start = options.start ?? { lat: 49.02, lon: 12.1, altM: 340, headingDeg: random.range(0, 360) }
  const car = createVehicle(((90 - start.headingDeg) * Math.PI) / 180)
  const position = createPosition(start)
  const driver = createDriver({ road, temperament, random: random.fork('driver') })
  const traffic: Traffic = createTraffic(road, random.fork('traffic'))
  const vibration = createVibration(random.fork('vibration'))
  const imu = createImu({ mount: options.mount, rateHz: options.imuRateHz, random: random.fork('imu') })
  const gnss = createGnss({ random: random.fork('gnss'), firstFixS: random.range(0, 4) })
  const events = createTrueEvents(STEP_HZ)
  const standingS = options.standingS ?? BEFORE_S
  const everyDecision = Math.round(DECISION_S * STEP_HZ)
  const everyImu = STEP_HZ / options.imuRateHz
  const input = { accelerationMps2: -2, steeringRad: 0, curvature: 0, slope: 0 }
  const nearCrashes: number[] = []
  const limits: [number, number][] = []
  let steps = 0
  let imuReadings = 0
  let pending: GnssReading | null = null
  let parking = false
  let parkedS = 0
  let limitKmh = 0
  let over = false

  /** Driver and traffic think ten times a second. */
  const decide = (timeS: number): void => {
    traffic.step(DECISION_S, timeS, car.atM, car.vx)
    const { lead } = traffic
    if (lead.present && lead.atM - car.atM < CAR_M + 0.3) {
      nearCrashes.push(Number(timeS.toFixed(1)))
      traffic.remove()
    }
    const wanted = driver.decide(car, lead, timeS)
    input.accelerationMps2 = timeS < standingS || parkedS > 0 ? -2 : wanted
    if (!parking && timeS > options.durationS - AFTER_S - 4 - car.vx / (0.7 * temperament.decelerationMps2)) {
      parking = true
      driver.park(car)
    }
    if (parking && car.vx < 0.05) parkedS += DECISION_S
  }
  const senseRoad = (timeS: number): number => {
    const node = Math.min(road.limitKmh.length - 1, Math.max(0, Math.floor(car.atM / NODE_M)))
    input.curvature = road.curvature[node]!
    input.slope = road.slope[node]!
    if (road.limitKmh[node] !== limitKmh) {
      limitKmh = road.limitKmh[node]!
      limits.push([Number(timeS.toFixed(1)), limitKmh])
    }
    return road.roughness[node]!
  }
  const locate = (timeS: number): void => {
    const heading = car.heading + Math.atan2(car.vy, Math.max(0.1, car.vx))
    pending = gnss.read(timeS, {
      lat: position.lat,
      lon: position.lon,
      altM: position.altM,
      speedMps: Math.hypot(car.vx, car.vy),
      courseDeg: 90 - (heading * 180) / Math.PI,
    })
  }
  return {
    temperament,
    car,
    position,
    driver,
    nearCrashes,
    limits,
    get timeS() {
      return steps * STEP_S
    },
    get distanceM() {
      return car.atM
    },
    get limitKmh() {
      return limitKmh
    },
    trueEvents: () => events.finish(steps * STEP_S),
    step(sink) {
      const timeS = steps * STEP_S
      const roughness = senseRoad(timeS)
      if (steps % everyDecision === 0) decide(timeS)
      input.steeringRad = driver.steer(car, STEP_S)
      stepVehicle(car, input, STEP_S)
      const cos = Math.cos(car.heading)
      const sin = Math.sin(car.heading)
      position.move(car.vx * cos - car.vy * sin, car.vx * sin + car.vy * cos, car.vx * car.slope, STEP_S)
      events.step(timeS, car.aLong, car.aLat, car.vx)
      const shake = vibration.step(STEP_S, car.vx, roughness, !over)
      if (steps >= imuReadings * everyImu) {
        imuReadings++
        sink.imu?.(timeS, imu.read(car, shake))
      }
      if (steps % STEP_HZ === 0) locate(timeS)
      if (pending && timeS >= pending.arrivesS) {
        sink.gnss?.(pending)
        pending = null
      }
      steps++
      over ||= parkedS >= AFTER_S || timeS >= options.durationS + LATEST_S
      return !over
    },
  }
}
