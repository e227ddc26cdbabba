import type { Band } from '@fairmile/contract/driving-event.ts'
import newest from '../../thresholds/2026-11.json' with { type: 'json' }
import { canonicalJson, type Hash } from '../canonical-json.ts'
import type { CrashThreshold } from './crash-threshold.ts'
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

/** A table as it was published: what an earlier or later release judges by may have other fields. */
export interface PublishedThresholds {
  readonly version: string
}

/**
 * The newest of the published tables (`models/thresholds`), which the agent judges by.
 *
 * The project's bands: braking and cornering lie between Progressive's 0.319 g, Tesla's 0.3 and 0.4 g and Digital Matter's
 * 0.45 and 0.56 g; acceleration is lower because ordinary cars never reach 0.5 g. Hysteresis after Digital Matter.
 *
 * Lane changes: a car that goes 3.5 m aside in one sine of T seconds is pushed by 2π · 3.5 m / T²: 0.25, 0.32 and 0.40 g are
 * 3.0, 2.65 and 2.4 s, where ordinary lane changes take 4.6 s in the mean (Toledo and Zohar, Transportation Research Record
 * 1999, 2007). Narrower than a lane is evasion within it, wider than two is a bend.
 *
 * Phone use: the longest glance and the longest whole task of NHTSA's visual-manual driver distraction guidelines (2 s and
 * 12 s), and between them the 4.6 s that writers of text messages look away (Olson et al., VTTI, 2009), rounded up.
 *
 * Crashes: 7 km/h within 120 ms is Digital Matter's rule; 49 CFR 563.5 has event recorders take ΔV for at most 250 ms, and a crash
 * as over when 20 ms bring 0.8 km/h or less. Geotab's 2.5 g alone would be met by potholes and slammed doors, whose pulses are too
 * short to change the velocity. A full brake of 1.1 g makes 4.7 km/h in 120 ms.
 */
export const thresholds = newest as Thresholds

/** SHA-256 of the thresholds' canonical JSON, hex. */
export function thresholdsHash(table: PublishedThresholds, hash: Hash): string {
  return hash(canonicalJson(table))
}

/** The hash that each table was released with, by version: receipts name it for ever, so a changed table is another version. */
export const releasedThresholds: Readonly<Record<string, string>> = {
  '2026-11': '35b16d83f57a607abb16dab8193d15746acccb40bc19e27f69b758cec410b4b5',
}
