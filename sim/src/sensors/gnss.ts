import type { Random } from '../random.ts'

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
}

/**
 * u-blox NEO-M8 data sheet (UBX-15031086): position 2.5 m CEP, which is about 2.1 m a horizontal axis; velocity 0.05 m/s,
 * heading 0.3° at 30 m/s (both 50 %, so divided by 0.67). Errors of position are correlated over minutes (multipath and
 * ionosphere): a first-order Gauss-Markov process with 100 s, beside 0.3 m of white noise; height is twice as bad.
 */
const RECEIVER = { axisM: 2.1, memoryS: 100, whiteM: 0.3, speedMps: 0.05 / 0.67, crossMps: 0.16 / 0.67 } as const
/** Between streets of houses HDOP rises; drawn as a log process about 1.0 over 40 s. */
const HDOP = { median: 1, spread: 0.3, memoryS: 40 } as const
/** Tunnels and canyons: mean seconds of driving between two outages, mean seconds of one. */
const OUTAGE = { everyS: 1500, meanS: 15 } as const
/** Below this speed u-blox receivers leave the course blank. */
const COURSE_FROM_MPS = 0.4

/** A receiver with one fix a second. */
export interface Gnss {
  /** Takes the true place at `timeS`; call once a second. */
  read(timeS: number, place: TruePlace): GnssReading
}

/** @param options `firstFixS` seconds until the first fix (hot start), `random` the source of all errors */
export function createGnss(options: { random: Random; firstFixS: number }): Gnss {
  const { random } = options
  // From valid to arrived: computing and 9,600 baud; field recordings show 0.2 to 1 s.
  const delayS = random.range(0.15, 0.55)
  // The receiver's own filter smooths velocity, which is then late as well.
  const smooth = random.range(0.65, 0.95)
  const keep = Math.exp(-1 / RECEIVER.memoryS)
  const kick = Math.sqrt(1 - keep * keep)
  const keepDop = Math.exp(-1 / HDOP.memoryS)
  let north = random.normal()
  let east = random.normal()
  let up = random.normal()
  let logDop = random.normal()
  let speed = 0
  let course = Number.NaN
  let outageLeftS = 0
  return {
    read(timeS, place) {
      north = keep * north + kick * random.normal()
      east = keep * east + kick * random.normal()
      up = keep * up + kick * random.normal()
      logDop = keepDop * logDop + Math.sqrt(1 - keepDop * keepDop) * random.normal()
      speed += (place.speedMps - speed) * smooth
      course = Number.isNaN(course) ? place.courseDeg : turnTowards(course, place.courseDeg, smooth)
      if (outageLeftS > 0) outageLeftS--
      else if (place.speedMps > 2 && random.chance(1 / OUTAGE.everyS))
        outageLeftS = Math.ceil(3 + random.exponential(OUTAGE.meanS))
      const reading: GnssReading = {
        validS: timeS,
        arrivesS: timeS + delayS,
        lat: null,
        lon: null,
        altM: null,
        speedMps: null,
        courseDeg: null,
        hdop: null,
        satellites: 0,
      }
      if (outageLeftS > 0 || timeS < options.firstFixS) return reading
      const hdop = Math.max(0.6, HDOP.median * Math.exp(HDOP.spread * logDop))
      const metres = RECEIVER.axisM * hdop
      const measured = Math.max(0, speed + RECEIVER.speedMps * hdop * random.normal())
      reading.lat = place.lat + (metres * north + RECEIVER.whiteM * random.normal()) / 111_200
      reading.lon =
        place.lon +
        (metres * east + RECEIVER.whiteM * random.normal()) / (111_320 * Math.cos((place.lat * Math.PI) / 180))
      reading.altM = place.altM + 2 * metres * up
      reading.speedMps = measured
      if (measured >= COURSE_FROM_MPS) {
        const error = (Math.atan2(RECEIVER.crossMps * random.normal(), measured) * 180) / Math.PI
        reading.courseDeg = (((course + error) % 360) + 360) % 360
      }
      reading.hdop = Math.round(hdop * 100) / 100
      reading.satellites = Math.max(4, Math.round(14 - 4 * hdop))
      return reading
    },
  }
}

function turnTowards(fromDeg: number, toDeg: number, share: number): number {
  const difference = ((((toDeg - fromDeg) % 360) + 540) % 360) - 180
  return fromDeg + difference * share
}
