import { bands, type DrivingEvent, eventKinds, grades } from '@fairmile/contract/driving-event.ts'
import {
  accelerationBinsG,
  type EventCount,
  jerkBinsMps3,
  speedBinsKmh,
  type TripStatistics,
} from '@fairmile/contract/trip.ts'

/** Statistics of nothing: the neutral element of `mergeStatistics`. */
export function emptyStatistics(): TripStatistics {
  const zeros = (length: number): number[] => new Array<number>(length).fill(0)
  return {
    distanceM: 0,
    gradableM: 0,
    durationS: 0,
    movingS: 0,
    idleS: 0,
    stops: 0,
    speedMaxMps: 0,
    speedSum: 0,
    speedSquareSum: 0,
    speedHistS: zeros(speedBinsKmh.length + 1),
    imuS: 0,
    aLongHistS: zeros(accelerationBinsG.length + 1),
    aLatHistS: zeros(accelerationBinsG.length + 1),
    aLongSquareSum: 0,
    aLatSquareSum: 0,
    jerkHistS: zeros(jerkBinsMps3.length + 1),
    jerkSquareSum: 0,
    hourHistS: zeros(24),
    weekendS: 0,
    limitKnownS: 0,
    overLimitS: [0, 0, 0],
    phoneS: 0,
    phoneKnownS: 0,
    riskSum: 0,
    riskS: 0,
    events: [],
  }
}

/** Statistics of both together: every field the sum, `speedMaxMps` the larger. Commutative, and associative up to rounding. */
export function mergeStatistics(a: TripStatistics, b: TripStatistics): TripStatistics {
  return {
    distanceM: a.distanceM + b.distanceM,
    gradableM: a.gradableM + b.gradableM,
    durationS: a.durationS + b.durationS,
    movingS: a.movingS + b.movingS,
    idleS: a.idleS + b.idleS,
    stops: a.stops + b.stops,
    speedMaxMps: Math.max(a.speedMaxMps, b.speedMaxMps),
    speedSum: a.speedSum + b.speedSum,
    speedSquareSum: a.speedSquareSum + b.speedSquareSum,
    speedHistS: added(a.speedHistS, b.speedHistS),
    imuS: a.imuS + b.imuS,
    aLongHistS: added(a.aLongHistS, b.aLongHistS),
    aLatHistS: added(a.aLatHistS, b.aLatHistS),
    aLongSquareSum: a.aLongSquareSum + b.aLongSquareSum,
    aLatSquareSum: a.aLatSquareSum + b.aLatSquareSum,
    jerkHistS: added(a.jerkHistS, b.jerkHistS),
    jerkSquareSum: a.jerkSquareSum + b.jerkSquareSum,
    hourHistS: added(a.hourHistS, b.hourHistS),
    weekendS: a.weekendS + b.weekendS,
    limitKnownS: a.limitKnownS + b.limitKnownS,
    overLimitS: [
      a.overLimitS[0] + b.overLimitS[0],
      a.overLimitS[1] + b.overLimitS[1],
      a.overLimitS[2] + b.overLimitS[2],
    ],
    phoneS: a.phoneS + b.phoneS,
    phoneKnownS: a.phoneKnownS + b.phoneKnownS,
    riskSum: a.riskSum + b.riskSum,
    riskS: a.riskS + b.riskS,
    events: [...a.events, ...b.events].reduce<EventCount[]>((counts, entry) => counted(counts, entry, entry.count), []),
  }
}

/** The counts with `count` more events of that kind, band and grade; a new array in the order of the contract's lists. */
export function counted(
  counts: readonly EventCount[],
  { kind, band, grade }: Pick<DrivingEvent, 'kind' | 'band' | 'grade'>,
  count = 1,
): EventCount[] {
  const same = (entry: EventCount): boolean => entry.kind === kind && entry.band === band && entry.grade === grade
  const before = counts.find(same)?.count ?? 0
  return [...counts.filter((entry) => !same(entry)), { kind, band, grade, count: before + count }].sort(
    (a, b) => order(a) - order(b),
  )
}

function order({ kind, band, grade }: EventCount): number {
  return (eventKinds.indexOf(kind) * bands.length + bands.indexOf(band)) * grades.length + grades.indexOf(grade)
}

function added(a: readonly number[], b: readonly number[]): number[] {
  return a.map((value, index) => value + (b[index] ?? 0))
}
