import { bands, type DrivingEvent, eventKinds, grades } from '@fairmile/contract/driving-event.ts'
import {
  accelerationBinsG,
  type EventCount,
  jerkBinsMps3,
  speedBinsKmh,
  type TripStatistics,
} from '@fairmile/contract/trip.ts'

/** The fields that are histograms, in the order in which they are packed: new ones come last. */
export const statisticsHistograms = [
  'speedHistS',
  'aLongHistS',
  'aLatHistS',
  'jerkHistS',
  'hourHistS',
  'overLimitS',
] as const
/** The fields that are single sums, in the order in which they are packed: new ones come last. */
export const statisticsSums = [
  'distanceM',
  'gradableM',
  'durationS',
  'movingS',
  'idleS',
  'stops',
  'speedSum',
  'speedSquareSum',
  'imuS',
  'aLongSquareSum',
  'aLatSquareSum',
  'jerkSquareSum',
  'weekendS',
  'limitKnownS',
  'phoneS',
  'phoneKnownS',
  'riskSum',
  'riskS',
] as const

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
  const sum = copyOf(a)
  addStatistics(sum, b)
  return sum
}

/** Adds `b` into `a`, in place. */
export function addStatistics(a: TripStatistics, b: TripStatistics): void {
  for (const name of statisticsSums) a[name] += b[name]
  for (const name of statisticsHistograms) addBins(a[name], b[name])
  a.speedMaxMps = Math.max(a.speedMaxMps, b.speedMaxMps)
  for (const entry of b.events) a.events = counted(a.events, entry, entry.count)
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

function addBins(a: number[], b: readonly number[]): void {
  for (let index = 0; index < a.length; index++) a[index]! += b[index] ?? 0
}

function copyOf(statistics: TripStatistics): TripStatistics {
  const copy = { ...statistics }
  for (const name of statisticsHistograms) copy[name] = [...statistics[name]] as [number, number, number]
  return copy
}
