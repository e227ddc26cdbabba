import type { Band } from '@fairmile/contract/driving-event.ts'
import { canonicalJson, type Hash } from '../canonical-json.ts'
import { type CrashThreshold, crashThreshold } from './crash-threshold.ts'
import type { LaneChangeThreshold } from './lane-change.ts'
import type { TamperThreshold } from './tamper.ts'

/** The harsh kinds, which are judged on one filtered acceleration each. */
export type HarshKind = 'harsh_braking' | 'harsh_acceleration' | 'harsh_cornering'

/** How one harsh kind is judged. */
export interface HarshThreshold {
  signal: 'aLong' | 'aLat'
  /** Sign of the acceleration that counts; 0 for both. */
  direction: -1 | 0 | 1
  /** Magnitudes in g at which a band begins. */
  bandsG: Record<Band, number>
  /** Below it nothing is judged; does not apply while speed is unknown. */
  minSpeedMps: number
  /** Whether the gate is asked when the event begins (braking ends in a standstill) or all the while. */
  gate: 'start' | 'always'
}

/** What an event must meet to be grade A. */
export interface GradeTable {
  /** Largest standard deviation of the judged acceleration, g. */
  maxSigmaG: number
  /** Largest known horizontal dilution of precision. */
  maxHdop: number
  /** Speed change by GNSS against that by the IMU around the event: allowed m/s, and share of the change on top. */
  speedChangeMps: number
  speedChangeShare: number
  /** Mean lateral acceleration against speed × yaw rate in the event: allowed g, and share of it on top. */
  lateralG: number
  lateralShare: number
  /** Seconds on both sides of the event over which speed changes are compared, for the lag of a receiver. */
  compareMs: number
  /** Least confidence in a posted limit: what is surely the street, has a sign, and lies not within 50 m of a change. */
  minLimitConfidence: number
  /** Least samples a second that show a crash's peak. */
  minCrashRateHz: number
  /** Share of a crash's ΔV that the speed must have changed by afterwards, unless the car stands. */
  crashSpeedShare: number
}

/** A band of speeding begins above the limit by the larger of both. */
export interface OverLimit {
  overKmh: number
  /** Share of the limit. */
  overShare: number
}

/** How speeding is judged. */
export interface SpeedingThreshold {
  bands: Record<Band, OverLimit>
  /** A band must be exceeded this long. */
  holdMs: number
  /** An event is over when the speed was within the limit and the log band, or the limit unknown, for this long. */
  joinMs: number
}

/** km/h above the limit at which a band begins. */
export function bandBeginsKmh({ overKmh, overShare }: OverLimit, limitKmh: number): number {
  return Math.max(overKmh, limitKmh * overShare)
}

/** How phone use is judged. */
export interface PhoneThreshold {
  /** A band is reached when the phone was used by hand for so long while driving. */
  bandsMs: Record<Band, number>
  /** Below it, or where the speed is unknown, nothing is judged: a phone at a red light is no danger. */
  minSpeedMps: number
  /** An event is over when the phone was let alone, or could not be seen, for this long. */
  joinMs: number
}

/** Everything that decides what an event is, as data; its hash goes with every trip and receipt. */
export interface Thresholds {
  version: string
  /** Corner of the second-order low-pass that accelerations are judged behind, and the rate it is made for. */
  lowPassHz: number
  sampleHz: number
  /** A band must be held this long. */
  holdMs: number
  /** An event is over below (1 − hysteresis) × its lowest band … */
  hysteresis: number
  /** … for this long; until then it is the same event. */
  joinMs: number
  /** At most one event of a kind is counted in this time; further ones are coach band. */
  countOnceMs: number
  /** A longer step between samples is a gap: filters start anew. */
  maxGapMs: number
  /** Where the filtered vertical acceleration is larger than this multiple of the judged one it was a bump. */
  maxVerticalShare: number
  /** Lowest band whose trace is kept, and the trace's length on both sides. */
  traceFrom: Band
  traceMs: number
  harsh: Record<HarshKind, HarshThreshold>
  speeding: SpeedingThreshold
  laneChange: LaneChangeThreshold
  phone: PhoneThreshold
  tamper: TamperThreshold
  crash: CrashThreshold
  grade: GradeTable
}

/**
 * The project's bands. Braking and cornering lie between Progressive's 0.319 g, Tesla's 0.3 and 0.4 g and Digital Matter's
 * 0.45 and 0.56 g; acceleration is lower because ordinary cars never reach 0.5 g. Hysteresis after Digital Matter.
 *
 * Lane changes: a car that goes 3.5 m aside in one sine of T seconds is pushed by 2π · 3.5 m / T²: 0.25, 0.32 and 0.40 g are
 * 3.0, 2.65 and 2.4 s, where ordinary lane changes take 4.6 s in the mean (Toledo and Zohar, Transportation Research Record
 * 1999, 2007). Narrower than a lane is evasion within it, wider than two is a bend.
 *
 * Phone use: the longest glance and the longest whole task of NHTSA's visual-manual driver distraction guidelines (2 s and
 * 12 s), and between them the 4.6 s that writers of text messages look away (Olson et al., VTTI, 2009), rounded up.
 */
export const thresholds: Thresholds = {
  version: '2026-11',
  lowPassHz: 2,
  sampleHz: 10,
  holdMs: 300,
  hysteresis: 0.17,
  joinMs: 1000,
  countOnceMs: 60_000,
  maxGapMs: 250,
  maxVerticalShare: 1,
  traceFrom: 'coach',
  traceMs: 10_000,
  harsh: {
    harsh_braking: {
      signal: 'aLong',
      direction: -1,
      bandsG: { log: 0.3, coach: 0.4, count: 0.5 },
      minSpeedMps: 10 / 3.6,
      gate: 'start',
    },
    harsh_acceleration: {
      signal: 'aLong',
      direction: 1,
      bandsG: { log: 0.25, coach: 0.32, count: 0.4 },
      minSpeedMps: 10 / 3.6,
      gate: 'always',
    },
    harsh_cornering: {
      signal: 'aLat',
      direction: 0,
      bandsG: { log: 0.3, coach: 0.4, count: 0.5 },
      minSpeedMps: 30 / 3.6,
      gate: 'always',
    },
  },
  speeding: {
    bands: {
      log: { overKmh: 5, overShare: 0.1 },
      coach: { overKmh: 10, overShare: 0.15 },
      count: { overKmh: 20, overShare: 0.25 },
    },
    holdMs: 10_000,
    joinMs: 3000,
  },
  laneChange: {
    bandsG: { log: 0.25, coach: 0.32, count: 0.4 },
    holdMs: 300,
    minSpeedMps: 50 / 3.6,
    straightG: 0.06,
    minMs: 1500,
    maxMs: 4500,
    maxTurnDeg: 4,
    minAsideM: 2,
    maxAsideM: 5.5,
    insteadOf: ['harsh_cornering'],
  },
  phone: {
    bandsMs: { log: 2000, coach: 5000, count: 12_000 },
    minSpeedMps: 10 / 3.6,
    joinMs: 3000,
  },
  crash: crashThreshold,
  tamper: {
    bands: {
      mount_moved: 'coach',
      power_pulled: 'coach',
      power_pulled_standing: 'log',
      sensors_apart: 'coach',
      odometer_apart: 'coach',
      odometer_unseen: 'coach',
    },
    apartMs: 30_000,
    odometerShare: 0.03,
    odometerM: 20_000,
    unseenM: 2000,
    minBatteryMv: 11_000,
  },
  grade: {
    maxSigmaG: 0.02,
    maxHdop: 4,
    speedChangeMps: 1.5,
    speedChangeShare: 0.2,
    lateralG: 0.08,
    lateralShare: 0.2,
    compareMs: 2000,
    minLimitConfidence: 0.9,
    minCrashRateHz: 95,
    crashSpeedShare: 0.3,
  },
}

/** SHA-256 of the thresholds' canonical JSON, hex. */
export function thresholdsHash(table: Thresholds, hash: Hash): string {
  return hash(canonicalJson(table))
}
