import { createDriver, DECISION_S, type Driver } from './driver/driver.ts'
import { drawTemperament, type Temperament } from './driver/temperament.ts'
import { createFate, type Fate, type PlannedCrash } from './mishaps/fate.ts'
import { createRandom, type Random } from './random.ts'
import { CAR_M, createTraffic } from './road/lead.ts'
import { createPosition, type Position } from './road/position.ts'
import { layRelief } from './road/relief.ts'
import { createRoad, NODE_M, type Road } from './road/road.ts'
import type { Mount } from './sensors/mount.ts'
import { createSensorSuite, type SensorSink, type SensorTraits, type Underway } from './sensors/suite.ts'
import { createTrueEvents, type TrueEvent } from './truth/events.ts'
import { createBackOut } from './vehicle/back-out.ts'
import { createVehicle, midSizeCar, stepVehicle, type Vehicle, type VehicleInput } from './vehicle/vehicle.ts'

/** Steps a second of the physics. */
const STEP_HZ = 100
const STEP_S = 1 / STEP_HZ
const STEPS_PER_DECISION = Math.round(DECISION_S * STEP_HZ)
/** Engine on and standing before moving off, and after parking: gravity is found at rest. */
const BEFORE_S = 18
const AFTER_S = 8
/** Where no place to park is reached in time the drive ends this much later. */
const LATEST_S = 60
/** Standing still is asked for by braking gently. */
const HOLD_MPS2 = -2
/** Parking is braked for with this share of the comfortable deceleration, and the last metres take some seconds more. */
const PARKING_SHARE = 0.7
const LAST_METRES_S = 4
/** Truth so close to a band counts neither way by the rule of matching. */
const NEAR_G = 0.05
/** After a crash one brakes as far as it still goes, and stands for a while with the engine on. */
const CRASHED_MPS2 = -5
const CRASHED_S = 30
/** Cars lean by 2.5 to 6°/g and pitch by 1 to 3°/g (Gillespie, Fundamentals of Vehicle Dynamics, 1992, chapters 6 and 7). */
const SPRINGS = { rollDegPerG: [2.5, 6], pitchDegPerG: [1, 3] } as const
/** About what electric and sporting cars of today have: 100 km/h in 5 to 6 s. */
const STRONG = { powerW: 230_000, tractionG: 0.75 } as const
/** Among houses nothing faster is allowed. */
const BUILT_UP_KMH = 60
/** Closer than this a car ahead would be touched: one swerves. */
const TOUCH_M = 0.3
/** Where a drive starts if nobody says: the edge of Regensburg. */
const somewhere = { lat: 49.02, lon: 12.1, altM: 340 }
/** No road is faster: the longest way that a drive can need. */
const FASTEST_MPS = 44

export interface DriveOptions {
  /** Seed of this drive: road, traffic, errors. */
  seed: number
  /** Seed of the driver; the same person may have many drives. */
  driverSeed: number
  durationS: number
  /** Standard normal score of a driver sought out; others are drawn. */
  haste?: number
  /** Whether the car is a strong one with four driven wheels. @default false */
  strong?: boolean
  mount: Mount
  /** The box is knocked into another position at a time, s. */
  knock?: { atS: number; mount: Mount }
  imuRateHz: number
  /** @default an MPU-6050 and a NEO-M8 */
  sensors?: SensorTraits
  /** Seconds of standing with the engine on before moving off. @default 18 */
  standingS?: number
  start?: { lat: number; lon: number; altM: number; headingDeg: number }
  /** Potholes, kerbs, slammed doors, knocks on the box, more than any road has. @default false */
  mishaps?: boolean
  /** Ends the drive in a collision. */
  crash?: PlannedCrash
}

/** One drive of one person on one road, a step of 10 ms at a time. */
export interface Drive {
  readonly temperament: Temperament
  readonly car: Vehicle
  readonly position: Position
  readonly driver: Driver
  readonly timeS: number
  readonly distanceM: number
  /** Lookouts that ended in a swerve because braking came too late. */
  readonly nearCrashes: readonly number[]
  readonly limits: readonly (readonly [number, number])[]
  /** Moves on by one step; false from when the car has parked and time is over. It then stands, with the engine off. */
  step(sink: SensorSink): boolean
  /** Everything that truly happened so far. */
  trueEvents(): TrueEvent[]
  /** The same with what came within 0.05 g of a band or was slower than a gate: too close to count either way. */
  nearEvents(): TrueEvent[]
  /** What happened beside what the driver did. */
  readonly fate: Pick<Fate, 'crashes' | 'counts'>
  /** What the IMU would feel now at rest on level ground but for noise, m/s² in its own axes. */
  levelForce(): [number, number, number]
}

/** Sets a person into a car on a road. The drive lasts `durationS`, standing and parking included. */
export function createDrive(options: DriveOptions): Drive {
  const random = createRandom(options.seed, 'drive')
  const temperament = drawTemperament(createRandom(options.driverSeed, 'driver'), options.haste)
  const lengthM = options.durationS * FASTEST_MPS * Math.max(1, temperament.speedFactor) * 0.8 + 500
  const road = createRoad({ random: random.fork('road'), lengthM })
  layRelief(road, random.fork('relief'))
  const start = options.start ?? { ...somewhere, headingDeg: random.range(0, 360) }
  const car = createVehicle(((90 - start.headingDeg) * Math.PI) / 180)
  const position = createPosition(start)
  const driver = createDriver({ road, temperament, random: random.fork('driver') })
  const springs = random.fork('springs')
  car.rollRadPerG = springs.range(...SPRINGS.rollDegPerG) * (Math.PI / 180)
  car.pitchRadPerG = springs.range(...SPRINGS.pitchDegPerG) * (Math.PI / 180)
  if (options.strong) Object.assign(car, STRONG)
  const input: VehicleInput = { accelerationMps2: HOLD_MPS2, steeringRad: 0, curvature: 0, slope: 0 }
  const backing = backsOut(car, random.fork('parked'), options.standingS ?? BEFORE_S)
  const wheel = createWheel({ road, car, driver, input, random, options, temperament })
  const under = createGround(road, car, input)
  const fate = createFate({
    car,
    imuRateHz: options.imuRateHz,
    random: random.fork('fate'),
    mishaps: options.mishaps === true,
    crash: options.crash ?? null,
  })
  const sensors = createSensorSuite({
    car,
    position,
    mount: options.mount,
    imuRateHz: options.imuRateHz,
    traits: options.sensors ?? {},
    stepHz: STEP_HZ,
    felt: fate.felt,
    firstFixS: random.range(0, 4),
    random,
  })
  const events = createTrueEvents({ rateHz: STEP_HZ })
  const near = createTrueEvents({ rateHz: STEP_HZ, marginG: NEAR_G, gated: false })
  let steps = 0
  let over = false
  let knocked = false
  return {
    temperament,
    car,
    position,
    driver,
    fate,
    nearCrashes: wheel.nearCrashes,
    limits: under.limits,
    get timeS() {
      return steps * STEP_S
    },
    get distanceM() {
      return car.atM + (backing?.drivenM ?? 0)
    },
    trueEvents: () => events.finish(steps * STEP_S),
    levelForce: sensors.levelForce,
    nearEvents: () => near.finish(steps * STEP_S),
    step(sink) {
      const timeS = steps * STEP_S
      under.step(timeS)
      if (options.knock && !knocked && timeS >= options.knock.atS) {
        knocked = true
        sensors.remount(options.knock.mount)
      }
      if (steps % STEPS_PER_DECISION === 0) wheel.decide(timeS)
      if (fate.sinceCrashS >= 0) input.accelerationMps2 = CRASHED_MPS2
      input.steeringRad = driver.steer(car, STEP_S)
      if (backing && timeS >= backing.fromS && timeS < backing.toS) backing.step(STEP_S)
      else stepVehicle(car, input, STEP_S)
      fate.step(timeS, STEP_S)
      const cos = Math.cos(car.heading)
      const sin = Math.sin(car.heading)
      position.move(car.vx * cos - car.vy * sin, car.vx * sin + car.vy * cos, car.vx * car.slope, STEP_S)
      events.step(timeS, car.aLong, car.aLat, car.vx)
      near.step(timeS, car.aLong, car.aLat, car.vx)
      under.way.engineOn = !over
      sensors.sense(steps, under.way, sink)
      steps++
      over ||= wheel.parkedS >= AFTER_S || fate.sinceCrashS >= CRASHED_S || timeS >= options.durationS + LATEST_S
      return !over
    },
  }
}

/** Two cars in five leave their space backwards, and stand for a moment before they drive on; null for the others. */
function backsOut(car: Vehicle, random: Random, standingS: number) {
  const backOut = createBackOut(car, random)
  const toS = standingS - 1
  if (!random.chance(0.4) || toS < backOut.seconds + 2) return null
  return Object.assign(backOut, { fromS: toS - backOut.seconds, toS: toS + STEP_S })
}

/** The driver in traffic: stands, drives, and parks in time. Decisions go into `input`. */
function createWheel(about: {
  road: Road
  car: Vehicle
  driver: Driver
  input: VehicleInput
  random: Random
  options: DriveOptions
  temperament: Temperament
}) {
  const { car, driver, input } = about
  const { durationS, standingS = BEFORE_S } = about.options
  const traffic = createTraffic(about.road, about.random.fork('traffic'))
  const parkingMps2 = PARKING_SHARE * about.temperament.decelerationMps2
  const nearCrashes: number[] = []
  let parking = false
  let parkedS = 0
  return {
    nearCrashes,
    get parkedS() {
      return parkedS
    },
    decide(timeS: number): void {
      traffic.step(DECISION_S, timeS, car.atM, car.vx)
      const { lead } = traffic
      if (lead.present && lead.atM - car.atM < CAR_M + TOUCH_M) {
        nearCrashes.push(Number(timeS.toFixed(1)))
        traffic.remove()
      }
      const wanted = driver.decide(car, lead, timeS)
      input.accelerationMps2 = timeS < standingS || parkedS > 0 ? HOLD_MPS2 : wanted
      if (!parking && timeS > durationS - AFTER_S - LAST_METRES_S - car.vx / parkingMps2) {
        parking = true
        driver.park(car)
      }
      if (parking && car.vx < 0.05) parkedS += DECISION_S
    },
  }
}

/** The road under the car: its shape goes into `input`, what shakes and shades into `way`; changes of the limit are kept. */
function createGround(road: Road, car: Vehicle, input: VehicleInput) {
  const limits: [number, number][] = []
  const way: Underway = { roughness: 1, bump: 0, builtUp: true, engineOn: true }
  const last = road.limitKmh.length - 2
  const front = createAxle(road, midSizeCar.frontM)
  const rear = createAxle(road, -midSizeCar.rearM)
  return {
    limits,
    way,
    step(timeS: number): void {
      const at = Math.min(last, Math.max(0, car.atM / NODE_M))
      const node = Math.floor(at)
      const rise = road.slope[node + 1]! - road.slope[node]!
      input.curvature = road.curvature[node]!
      input.slope = road.slope[node]! + (at - node) * rise
      input.crest = rise / NODE_M
      const lean = road.bank[node + 1]! - road.bank[node]!
      input.bank = road.bank[node]! + (at - node) * lean
      input.twist = lean / NODE_M
      const limitKmh = road.limitKmh[node]!
      if (limits.at(-1)?.[1] !== limitKmh) limits.push([Number(timeS.toFixed(1)), limitKmh])
      way.roughness = road.roughness[node]!
      way.builtUp = limitKmh <= BUILT_UP_KMH
      way.bump = front(car.atM) ? 1 : rear(car.atM) ? -1 : 0
    },
  }
}

/** Tells when an axle, `aheadM` of the car's middle, meets the next speed bump. */
function createAxle(road: Road, aheadM: number): (atM: number) => boolean {
  let next = 0
  return (atM) => {
    const bumpM = road.bumps[next]
    if (bumpM === undefined || atM + aheadM < bumpM) return false
    next++
    return true
  }
}
