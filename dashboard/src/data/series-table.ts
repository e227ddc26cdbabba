import type { DrivingEventDetail, DrivingEventEvidence } from '@fairmile/contract/http/events.ts'
import type { TripPath } from '@fairmile/contract/http/trips.ts'
import { G_MPS2, KMH_PER_MPS } from '@fairmile/contract/units.ts'

type Column = (number | null)[]

/** What charts draw: columns of equal length over epoch seconds; null is unknown. */
export interface SeriesTable {
  timeS: number[]
  speedKmh: Column
  limitKmh: Column
  /** Longitudinal, forward positive, and lateral, left positive, in g. */
  alongG: Column
  acrossG: Column
  /** Live risk, 0 (safest) to 100. */
  risk: Column
}

/** What charts draw of an event too: the size of the specific force that a box felt at full rate in a crash, g, and the road's slope, per cent. */
export type ChartTable = SeriesTable & { feltG?: Column; slopePercent?: Column }

const times = (factor: number) => (value: number | null) => (value === null ? null : value * factor)
const toKmh = times(KMH_PER_MPS)
const toG = times(1 / G_MPS2)

/** The columns of a trip's path; `startAt` is RFC 3339. */
export function tableOfPath({ points }: TripPath, startAt: string): SeriesTable {
  const startS = Date.parse(startAt) / 1000
  return {
    timeS: points.map(({ tS }) => startS + tS),
    speedKmh: points.map(({ speedMps }) => toKmh(speedMps)),
    limitKmh: points.map(({ limitKmh }) => limitKmh),
    alongG: points.map(({ aLong }) => toG(aLong)),
    acrossG: points.map(({ aLat }) => toG(aLat)),
    risk: points.map(({ risk }) => risk),
  }
}

/** The columns of an event's trace at 10 Hz, with the limit where it is known; null without a trace. */
export function tableOfTrace({ trace, startAt, limitKmh }: DrivingEventDetail): SeriesTable | null {
  if (!trace) return null
  const startS = Date.parse(startAt) / 1000
  return {
    timeS: trace.offsetMs.map((offsetMs) => startS + offsetMs / 1000),
    speedKmh: trace.speedMps.map(toKmh),
    limitKmh: trace.offsetMs.map(() => limitKmh),
    alongG: trace.aLong.map(toG),
    acrossG: trace.aLat.map(toG),
    risk: trace.offsetMs.map(() => null),
  }
}

/** The columns of an event's evidence: its trace at 10 Hz, with limit and slope of the second that each row is of; null without a trace. */
export function tableOfEvidence({ trace, startAt, limitKmh, seconds }: DrivingEventEvidence): ChartTable | null {
  if (!trace) return null
  const startS = Date.parse(startAt) / 1000
  const at = trace.offsetMs.map((offsetMs) => {
    const row = nearestRow(seconds.offsetMs, offsetMs)
    return row >= 0 && Math.abs(seconds.offsetMs[row]! - offsetMs) <= 1000 ? row : null
  })
  const known = seconds.limitKmh.some((limit) => limit !== null)
  return {
    timeS: trace.offsetMs.map((offsetMs) => startS + offsetMs / 1000),
    speedKmh: trace.speedMps.map(toKmh),
    limitKmh: at.map((row) => (known ? (row === null ? null : seconds.limitKmh[row]!) : limitKmh)),
    alongG: trace.alongG,
    acrossG: trace.acrossG,
    risk: trace.offsetMs.map(() => null),
    slopePercent: at.map((row) => (row === null ? null : times(100)(seconds.slope[row]!))),
  }
}

/** What is drawn on both sides of a crash, whose pulse takes a tenth of a second. */
const crashShownMs = 1000

/** What the box felt around a crash; null where nothing was sent of it. */
export function tableOfCrash({ crash, startAt }: DrivingEventDetail): ChartTable | null {
  if (!crash || crash.felt.offsetMs.length === 0) return null
  const startS = Date.parse(startAt) / 1000
  const { ax, ay, az } = crash.felt
  const rows = crash.felt.offsetMs.flatMap((offset, row) => (Math.abs(offset) <= crashShownMs ? [row] : []))
  const offsetMs = rows.map((row) => crash.felt.offsetMs[row]!)
  const unknown = offsetMs.map(() => null)
  return {
    timeS: offsetMs.map((offset) => startS + offset / 1000),
    ...{ speedKmh: unknown, limitKmh: unknown, alongG: unknown, acrossG: unknown, risk: unknown },
    feltG: rows.map((row) => Math.hypot(ax[row]!, ay[row]!, az[row]!) / G_MPS2),
  }
}

/** Index of the row whose time is nearest to `timeS`; -1 in an empty table. */
export function nearestRow(timeS: readonly number[], wantedS: number): number {
  let low = 0
  let high = timeS.length - 1
  if (high < 0) return -1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (timeS[middle]! <= wantedS) low = middle
    else high = middle
  }
  return Math.abs(timeS[high]! - wantedS) < Math.abs(timeS[low]! - wantedS) ? high : low
}
