import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { addStatistics, emptyStatistics, mergeStatistics } from './merge-statistics.ts'
import { over, total } from './shares.ts'
import { tripRules } from './trip.ts'

/** A trip shorter than this is a short one: the engine is cold, and most of it is streets. */
const shortM = 5000
/** A trip longer than this is a long one, seconds. */
const longS = 3600

/** What differs between the trips of one driver. */
export const spreadNames = ['speed', 'braking', 'acceleration', 'cornering', 'jerk', 'speeding'] as const
export type SpreadName = (typeof spreadNames)[number]

/** Moments of a figure over trips, each trip weighing as many metres as it has: Σw, Σwx, Σwx². */
export interface Spread {
  trips: number
  weight: number
  sum: number
  squareSum: number
}

/**
 * The trips of one driver added up: totals, and what only whole trips have. Mergeable: every field is a sum over trips, and of two
 * disjoint sets of trips the sums are added.
 */
export interface DriverStatistics {
  /** Statistics of all trips together. */
  total: TripStatistics
  trips: number
  /** Σ of the trips' highest speeds, m/s. */
  topSpeedSum: number
  /** Metres driven in short and in long trips. */
  shortM: number
  longM: number
  spreads: Record<SpreadName, Spread>
}

/** A trip or a segment of one: when it was, UTC epoch milliseconds, and its statistics. */
export interface TimedStatistics {
  readonly startAt: number
  readonly endAt: number
  readonly statistics: TripStatistics
}

/** What one trip says of each spread; NaN where it says nothing. */
const figures: Record<SpreadName, (trip: TripStatistics) => number> = {
  speed: (t) => over(t.speedSum, total(t.speedHistS, 0)),
  braking: (t) => over(total(t.aLongHistS, 0, 4), t.imuS),
  acceleration: (t) => over(total(t.aLongHistS, 9), t.imuS),
  cornering: (t) => over(total(t.aLatHistS, 0, 4) + total(t.aLatHistS, 9), t.imuS),
  jerk: (t) => Math.sqrt(over(t.jerkSquareSum, total(t.jerkHistS, 0))),
  speeding: (t) => over(t.overLimitS[0], t.limitKnownS),
}

/** Statistics of a driver without a trip. */
export function emptyDriverStatistics(): DriverStatistics {
  const spread = (): Spread => ({ trips: 0, weight: 0, sum: 0, squareSum: 0 })
  return {
    total: emptyStatistics(),
    trips: 0,
    topSpeedSum: 0,
    shortM: 0,
    longM: 0,
    spreads: {
      speed: spread(),
      braking: spread(),
      acceleration: spread(),
      cornering: spread(),
      jerk: spread(),
      speeding: spread(),
    },
  }
}

/**
 * Adds up a driver's trips, in their order. Segments less than ten minutes apart are one trip, so that cutting a trip changes nothing.
 *
 * @param trips by start
 */
export function driverStatistics(trips: readonly TimedStatistics[]): DriverStatistics {
  const driver = emptyDriverStatistics()
  let whole: TripStatistics | null = null
  let endAt = Number.NEGATIVE_INFINITY
  for (const trip of trips) {
    if (whole && trip.startAt - endAt >= tripRules.joinMs) {
      addTrip(driver, whole)
      whole = null
    }
    whole = whole ? mergeStatistics(whole, trip.statistics) : trip.statistics
    endAt = Math.max(endAt, trip.endAt)
  }
  if (whole) addTrip(driver, whole)
  return driver
}

/** Adds a whole trip to a driver's statistics, in place. */
export function addTrip(driver: DriverStatistics, trip: TripStatistics): void {
  addStatistics(driver.total, trip)
  driver.trips += 1
  driver.topSpeedSum += trip.speedMaxMps
  if (trip.distanceM < shortM) driver.shortM += trip.distanceM
  if (trip.durationS > longS) driver.longM += trip.distanceM
  for (const name of spreadNames) {
    const figure = figures[name](trip)
    if (Number.isNaN(figure)) continue
    const spread = driver.spreads[name]
    spread.trips += 1
    spread.weight += trip.distanceM
    spread.sum += trip.distanceM * figure
    spread.squareSum += trip.distanceM * figure * figure
  }
}

/** Statistics of two disjoint sets of whole trips together. */
export function mergeDriverStatistics(a: DriverStatistics, b: DriverStatistics): DriverStatistics {
  const spreads = emptyDriverStatistics().spreads
  for (const name of spreadNames) {
    for (const key of ['trips', 'weight', 'sum', 'squareSum'] as const)
      spreads[name][key] = a.spreads[name][key] + b.spreads[name][key]
  }
  return {
    total: mergeStatistics(a.total, b.total),
    trips: a.trips + b.trips,
    topSpeedSum: a.topSpeedSum + b.topSpeedSum,
    shortM: a.shortM + b.shortM,
    longM: a.longM + b.longM,
    spreads,
  }
}
