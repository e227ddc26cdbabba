import type { EventKind, Grade } from '@fairmile/contract/driving-event.ts'
import { quality } from '@fairmile/contract/telematics.ts'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { MotionSample } from '../motion.ts'
import type { GradeTable } from './thresholds.ts'
import type { Evidence } from './trace.ts'

/** What is known about the evidence for one event. */
export interface GradeFacts extends Evidence {
  traceKept: boolean
  /** Confidence in the posted limit, 0 to 1; NaN for kinds that ask for none. */
  limitConfidence: number
  /** GNSS against IMU: how far apart, and how large; NaN where it cannot be compared. */
  speedGapMps: number
  speedChangeMps: number
  lateralGap: number
  lateralMean: number
  /** It happened in a crash: what was felt is not the driver's doing. */
  inCrash: boolean
  /** The axes that it was judged in were found only afterwards. */
  judgedLater: boolean
  /** Of a crash alone: whether the sensor was at its limit, its rate, and what the speed did afterwards (NaN where unknown). */
  crash: { saturated: boolean; rateHz: number; stood: boolean; slowedMps: number; deltaVMps: number } | null
}

const harsh: readonly EventKind[] = ['harsh_braking', 'harsh_acceleration', 'harsh_cornering', 'harsh_lane_change']

/** The fixes that a speed is judged by are good: none is missing, bridged or scattered. */
const isFixGood = (f: Pick<MotionSample, 'hdop' | 'quality'>, t: GradeTable): boolean =>
  !(f.hdop > t.maxHdop) && !(f.quality & (quality.noFix | quality.bridged))
const isPlausible = (f: Pick<MotionSample, 'quality'>): boolean => !(f.quality & quality.implausible)
/** False where the limit is unknown. */
const isLimitSure = (f: Pick<MotionSample, 'limitConfidence'>, t: GradeTable): boolean =>
  f.limitConfidence >= t.minLimitConfidence

/** The rows of the table, by name: the grade that an event has at best where the row fails. */
const rows: readonly {
  name: string
  atBest: Grade
  kinds?: readonly EventKind[]
  met(f: GradeFacts, t: GradeTable): boolean
}[] = [
  { name: 'no_speed', atBest: 'C', met: (f) => f.speedKnown },
  {
    name: 'no_calibration',
    atBest: 'C',
    kinds: harsh,
    met: (f) => !Number.isNaN(f.sigmaG) && !(f.quality & quality.uncalibrated),
  },
  { name: 'calibration_sigma', atBest: 'B', kinds: harsh, met: (f, t) => !(f.sigmaG > t.maxSigmaG) },
  { name: 'fix_quality', atBest: 'B', met: isFixGood },
  { name: 'implausible', atBest: 'C', met: isPlausible },
  { name: 'saturated', atBest: 'B', kinds: harsh, met: (f) => !(f.quality & quality.saturated) },
  {
    name: 'sensors_disagree',
    atBest: 'B',
    kinds: ['harsh_braking', 'harsh_acceleration'],
    met: (f, t) => f.speedGapMps <= t.speedChangeMps + t.speedChangeShare * f.speedChangeMps,
  },
  {
    name: 'sensors_disagree',
    atBest: 'B',
    kinds: ['harsh_cornering'],
    met: (f, t) => f.lateralGap <= t.lateralG * G_MPS2 + t.lateralShare * f.lateralMean,
  },
  { name: 'limit_confidence', atBest: 'B', kinds: ['speeding'], met: isLimitSure },
  { name: 'in_crash', atBest: 'B', kinds: harsh, met: (f) => !f.inCrash },
  { name: 'judged_later', atBest: 'B', met: (f) => !f.judgedLater },
  { name: 'saturated', atBest: 'B', kinds: ['crash'], met: (f) => f.crash?.saturated !== true },
  { name: 'low_rate', atBest: 'B', kinds: ['crash'], met: (f, t) => !((f.crash?.rateHz ?? 0) < t.minCrashRateHz) },
  {
    // A blow that a car drives on from unchanged was hardly one; one that turns it aside may still be.
    name: 'drove_on',
    atBest: 'B',
    kinds: ['crash'],
    met: ({ crash }, t) =>
      crash === null || crash.stood || Math.abs(crash.slowedMps) >= t.crashSpeedShare * crash.deltaVMps,
  },
  // A road that is shifted by a lane feels like a lane change, and how it runs is not known.
  { name: 'road_unknown', atBest: 'B', kinds: ['harsh_lane_change'], met: () => false },
  // A phone knows that it is in a hand, not in whose.
  { name: 'phone_reported', atBest: 'C', kinds: ['phone_use'], met: () => false },
  { name: 'no_trace', atBest: 'B', met: (f) => f.traceKept },
]

/** The evidence grade of an event and the names of the rows that kept it from A. */
export function gradeEvent(kind: EventKind, facts: GradeFacts, table: GradeTable): { grade: Grade; reasons: string[] } {
  const failed = rows.filter((row) => (row.kinds?.includes(kind) ?? true) && !row.met(facts, table))
  const grade = failed.some((row) => row.atBest === 'C') ? 'C' : failed.length > 0 ? 'B' : 'A'
  return { grade, reasons: failed.map((row) => row.name) }
}

const unfelt = quality.noImu | quality.uncalibrated | quality.saturated

/** Whether a harsh event at this sample could be graded A; kilometres where it could not are no evidence of anything. */
export function isGradable(sample: MotionSample, table: GradeTable): boolean {
  return (
    isSpeedSure(sample, table) &&
    (sample.quality & unfelt) === 0 &&
    sample.sigmaG <= table.maxSigmaG && // false for NaN
    !Number.isNaN(sample.aLong)
  )
}

/** Whether speeding at this sample could be graded A; elsewhere nothing is known of it, neither that nor keeping to the limit. */
export function isSpeedingGradable(sample: MotionSample, table: GradeTable): boolean {
  return isSpeedSure(sample, table) && isLimitSure(sample, table)
}

function isSpeedSure(sample: MotionSample, table: GradeTable): boolean {
  return !Number.isNaN(sample.speedMps) && isFixGood(sample, table) && isPlausible(sample)
}
