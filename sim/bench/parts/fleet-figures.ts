import type { DriveResult, Judged } from './compare-drive.ts'
import { kinds } from './match-events.ts'

/** Found, false and missed events of at least 0.40 g, and what follows from them; null where there is nothing to divide. */
export interface Score {
  tp: number
  fp: number
  fn: number
  precision: number | null
  recall: number | null
  f1: number | null
}

/** Middle, 95 % and largest of a set; null where it is empty. */
export interface Spread {
  p50: number | null
  p95: number | null
  max: number | null
}

/** The first of a drive, seconds. */
const earlyS = 60

/** Figures of one judge over a fleet. */
export interface JudgeFigures extends Score {
  kinds: Record<string, Score>
  /** Events of any band, and those of 0.40 g, that were none, per 100 km. */
  falsePer100Km: number
  false40Per100Km: number
  /** Of the missed ones, how many came in the first minute: nobody knows yet how the box lies. */
  missedEarly: number
  /** Of the false ones, how many were real but slower than the gate. */
  falseByGate: number
  gradeA: number
  gradeAWrong: number
  gradeAWrongShare: number | null
  peakBiasG: number | null
  peakSdG: number | null
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits))
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const rms = (squares: readonly number[]): number | null => {
  const known = squares.filter(Number.isFinite)
  return known.length > 0 ? round(Math.sqrt(mean(known)), 3) : null
}

/** Percentiles of magnitudes. */
function spreadOf(values: readonly number[], digits = 2): Spread {
  const sorted = values
    .map(Math.abs)
    .filter(Number.isFinite)
    .sort((a, b) => a - b)
  const at = (share: number) =>
    sorted.length > 0 ? round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!, digits) : null
  return { p50: at(0.5), p95: at(0.95), max: at(1) }
}

function scoreOf(judged: readonly Judged[], which: readonly number[]): Score {
  const of = (pick: (m: Judged['matchings'][number]) => number) =>
    judged.reduce((sum, { matchings }) => sum + which.reduce((part, kind) => part + pick(matchings[kind]!), 0), 0)
  const tp = of(({ hits }) => hits.length)
  const fp = of(({ falseOnes }) => falseOnes.length)
  const fn = of(({ misses }) => misses.length)
  const share = (part: number, whole: number) => (whole > 0 ? round(part / whole, 4) : null)
  return { tp, fp, fn, precision: share(tp, tp + fp), recall: share(tp, tp + fn), f1: share(2 * tp, 2 * tp + fp + fn) }
}

/** Sums one judge's drives up. */
function judgeFigures(judged: readonly Judged[], distanceKm: number): JudgeFigures {
  const all = kinds.map((_, index) => index)
  const total = scoreOf(judged, all)
  const count = (pick: (one: Judged) => number) => judged.reduce((sum, one) => sum + pick(one), 0)
  const gradeA = count((one) => one.gradeA)
  const gradeAWrong = count((one) => one.gradeAWrong.length)
  const peakErrors = judged.flatMap((one) => one.peakErrorsG).filter(Number.isFinite)
  const bias = peakErrors.length > 0 ? mean(peakErrors) : Number.NaN
  const sd = Math.sqrt(mean(peakErrors.map((error) => (error - bias) ** 2)))
  return {
    ...total,
    kinds: Object.fromEntries(kinds.map((kind, index) => [kind, scoreOf(judged, [index])])),
    falsePer100Km: round((100 * count((one) => one.falseOnes.length)) / distanceKm, 3),
    false40Per100Km: round((100 * total.fp) / distanceKm, 3),
    missedEarly: count(({ matchings }) => matchings.flatMap((m) => m.misses).filter((t) => t.start_s < earlyS).length),
    falseByGate: count((one) => one.gateOnly),
    gradeA,
    gradeAWrong,
    gradeAWrongShare: gradeA > 0 ? round(gradeAWrong / gradeA, 4) : null,
    peakBiasG: peakErrors.length > 0 ? round(bias, 4) : null,
    peakSdG: peakErrors.length > 0 ? round(sd, 4) : null,
  }
}

/** Everything that the bench prints of some drives. */
export function fleetFigures(drives: readonly DriveResult[]) {
  const distanceKm = drives.reduce((sum, drive) => sum + drive.distanceKm, 0)
  const share = (within: (drive: DriveResult) => boolean) => round(drives.filter(within).length / drives.length, 3)
  return {
    drives: drives.length,
    distanceKm: round(distanceKm, 1),
    agent: judgeFigures(
      drives.map((drive) => drive.agent),
      distanceKm,
    ),
    naive: judgeFigures(
      drives.map((drive) => drive.reference),
      distanceKm,
    ),
    mountDeg: {
      roll: spreadOf(drives.map(({ mount }) => mount.rollDeg)),
      pitch: spreadOf(drives.map(({ mount }) => mount.pitchDeg)),
      feltRoll: spreadOf(drives.map(({ mount }) => mount.feltRollDeg)),
      feltPitch: spreadOf(drives.map(({ mount }) => mount.feltPitchDeg)),
      yaw: spreadOf(drives.map(({ mount }) => mount.yawDeg)),
    },
    mountWithin: {
      felt07: share(({ mount }) => Math.max(Math.abs(mount.feltRollDeg), Math.abs(mount.feltPitchDeg)) <= 0.7),
      true07: share(({ mount }) => Math.max(Math.abs(mount.rollDeg), Math.abs(mount.pitchDeg)) <= 0.7),
      yaw3: share(({ mount }) => Math.abs(mount.yawDeg) <= 3),
    },
    // Errors in units of the agent's own sigma: honest ones have a middle near 0.7 and 95 % within 2.
    honesty: {
      tilt: spreadOf(drives.flatMap((d) => [d.mount.feltRollDeg, d.mount.feltPitchDeg].map((e) => e / d.tiltSigmaDeg))),
      yaw: spreadOf(drives.map((drive) => drive.mount.yawDeg / drive.yawSigmaDeg)),
    },
    distancePercent: spreadOf(drives.map((drive) => drive.distanceError * 100)),
    rms: {
      speedMps: rms(drives.map((drive) => drive.speedSquare)),
      aLongMps2: rms(drives.map((drive) => drive.aLongSquare)),
      aLatMps2: rms(drives.map((drive) => drive.aLatSquare)),
    },
    falseCrashes: drives.reduce((sum, drive) => sum + drive.crashes, 0),
  }
}

export type FleetFigures = ReturnType<typeof fleetFigures>
