import type { Random } from '../random.ts'
import { neoM8, type Receiver } from './receiver.ts'
import { createSky } from './sky.ts'

/** What the receiver tells of one epoch; unknown is null. */
export interface GnssReading {
  /** Seconds of the drive at which it is valid, and at which its sentences have arrived. */
  validS: number
  arrivesS: number
  lat: number | null
  lon: number | null
  altM: number | null
  speedMps: number | null
  courseDeg: number | null
  hdop: number | null
  satellites: number
}

/** The true place and motion that a receiver observes. */
export interface TruePlace {
  lat: number
  lon: number
  altM: number
  speedMps: number
  /** Degrees clockwise from north. */
  courseDeg: number
  /** Among houses. @default false */
  builtUp?: boolean
}

/**
 * u-blox NEO-M8 data sheet (UBX-15031086): position 2.5 m CEP, which is about 2.1 m a horizontal axis. Errors of position are
 * correlated over minutes (ionosphere, clocks): a first-order Gauss-Markov process with 100 s, beside 0.3 m of white noise;
 * height is twice as bad.
 */
const POSITION = { axisM: 2.1, memoryS: 100, whiteM: 0.3 } as const
/** HDOP as a log process over 40 s. */
const HDOP = { median: 1, spread: 0.3, memoryS: 40 } as const

/** A receiver at work. */
export interface Gnss {
  /** Takes the true place at `timeS`; call `rateHz` times a second. */
  read(timeS: number, place: TruePlace): GnssReading
}

/**
 * @param options `firstFixS` seconds until the first fix (hot start), `random` the source of all errors, `rateHz` fixes a
 *   second @default 1, `receiver` @default a NEO-M8
 */
export function createGnss(options: { random: Random; firstFixS: number; rateHz?: number; receiver?: Receiver }): Gnss {
  const { random, rateHz = 1, receiver = neoM8 } = options
  const dt = 1 / rateHz
  const smooth = 1 - Math.exp(-dt / receiver.filterS)
  const sky = createSky(random.fork('sky'))
  const wander = createWander(random, dt)
  let speed = 0
  let course = Number.NaN
  let blockedS = 0
  let pinned: { lat: number; lon: number } | null = null
  let last: { lat: number; lon: number; speedMps: number; courseDeg: number } | null = null

  const tellCourse = (reading: GnssReading, measured: number, dop: number): void => {
    const error = (Math.atan2(receiver.crossMps * dop * random.normal(), Math.max(0.1, measured)) * 180) / Math.PI
    const told = (((course + error) % 360) + 360) % 360
    if (measured >= receiver.courseFromMps) reading.courseDeg = told
    else if (receiver.slowCourse === 'frozen') reading.courseDeg = last?.courseDeg ?? 0
    else if (receiver.slowCourse === 'random') reading.courseDeg = random.range(0, 360)
    else if (receiver.slowCourse === 'zero') reading.courseDeg = 0
  }
  /** Without signal it goes straight on for a while, as it went. */
  const coast = (reading: GnssReading): GnssReading => {
    if (last === null || blockedS > receiver.coastS) return reading
    const metres = last.speedMps * blockedS
    const angle = (last.courseDeg * Math.PI) / 180
    reading.lat = last.lat + (metres * Math.cos(angle)) / 111_200
    reading.lon = last.lon + (metres * Math.sin(angle)) / (111_320 * Math.cos((last.lat * Math.PI) / 180))
    reading.speedMps = last.speedMps
    reading.courseDeg = last.courseDeg
    reading.hdop = 5
    reading.satellites = 3
    return reading
  }
  return {
    read(timeS, place) {
      const reading: GnssReading = {
        validS: timeS,
        arrivesS: timeS + receiver.delayS,
        lat: null,
        lon: null,
        altM: null,
        speedMps: null,
        courseDeg: null,
        hdop: null,
        satellites: 0,
      }
      wander.step()
      sky.step(dt, place.speedMps, place.builtUp === true)
      speed += (place.speedMps - speed) * smooth
      course = Number.isNaN(course) ? place.courseDeg : turnTowards(course, place.courseDeg, smooth)
      blockedS = sky.blocked ? blockedS + dt : 0
      if (timeS < options.firstFixS) return reading
      if (sky.blocked) return coast(reading)
      const hdop = Math.min(25, Math.max(0.6, wander.hdop * sky.dopFactor))
      const metres = POSITION.axisM * wander.hdop
      const noise = receiver.speedMps * wander.hdop * sky.speedFactor * random.normal()
      const measured = Math.max(0, speed + noise + sky.outlierMps)
      const slow = measured < receiver.pinnedBelowMps
      const north = metres * wander.north + POSITION.whiteM * random.normal() + sky.northM
      const east = metres * wander.east + POSITION.whiteM * random.normal() + sky.eastM
      const lat = place.lat + north / 111_200
      const lon = place.lon + east / (111_320 * Math.cos((place.lat * Math.PI) / 180))
      pinned = slow ? (pinned ?? { lat, lon }) : null
      reading.lat = pinned?.lat ?? lat
      reading.lon = pinned?.lon ?? lon
      reading.altM = place.altM + 2 * metres * wander.up
      reading.speedMps = slow ? 0 : stepped(measured, receiver.speedStepMps)
      tellCourse(reading, slow ? 0 : measured, hdop)
      reading.hdop = Math.round(hdop * 100) / 100
      reading.satellites = Math.max(4, Math.round(14 - 4 * hdop))
      if (reading.courseDeg !== null && !slow)
        last = { lat: reading.lat, lon: reading.lon, speedMps: reading.speedMps, courseDeg: reading.courseDeg }
      return reading
    },
  }
}

/** The slow errors of position (in units of their spread) and HDOP. */
function createWander(random: Random, dt: number) {
  const keep = Math.exp(-dt / POSITION.memoryS)
  const kick = Math.sqrt(1 - keep * keep)
  const keepDop = Math.exp(-dt / HDOP.memoryS)
  let logDop = random.normal()
  const state = { north: random.normal(), east: random.normal(), up: random.normal(), hdop: HDOP.median as number }
  return Object.assign(state, {
    step(): void {
      state.north = keep * state.north + kick * random.normal()
      state.east = keep * state.east + kick * random.normal()
      state.up = keep * state.up + kick * random.normal()
      logDop = keepDop * logDop + Math.sqrt(1 - keepDop * keepDop) * random.normal()
      state.hdop = HDOP.median * Math.exp(HDOP.spread * logDop)
    },
  })
}

const stepped = (value: number, step: number): number => (step > 0 ? Math.round(value / step) * step : value)

function turnTowards(fromDeg: number, toDeg: number, share: number): number {
  const difference = ((((toDeg - fromDeg) % 360) + 540) % 360) - 180
  return fromDeg + difference * share
}
