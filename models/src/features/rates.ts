import type { EventKind } from '@fairmile/contract/driving-event.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import type { DriverStatistics, SpreadName } from '../trips/driver-statistics.ts'
import { total } from '../trips/shares.ts'

/** Below this a rate or share says nothing yet: unknown, not zero. */
const minimumM = 1000
/** Trips differ where there are at least so many. */
const minimumTrips = 3

export function per100Km(count: number, metres: number): number {
  return metres < minimumM ? Number.NaN : (count / metres) * 100_000
}

/** A share of metres. */
export function ofMetres(part: number, metres: number): number {
  return metres < minimumM ? Number.NaN : part / metres
}

/** Grade A events of at least the coach band per 100 gradable km: what lies above, the count band, is the discount's (decision 10). */
export function eventRate({ events, gradableM }: TripStatistics, kind: EventKind): number {
  let count = 0
  for (const entry of events) {
    if (entry.kind === kind && entry.grade === 'A' && entry.band !== 'log') count += entry.count
  }
  return per100Km(count, gradableM)
}

/** Moving seconds of known speed: an outage of GNSS is no standstill. */
export function knownS({ speedHistS }: TripStatistics): number {
  return total(speedHistS, 0)
}

/** How much a figure differs from trip to trip: standard deviation, each trip weighing as many metres as it has. */
export function betweenTrips({ spreads }: DriverStatistics, name: SpreadName): number {
  const { trips, weight, sum, squareSum } = spreads[name]
  if (trips < minimumTrips || weight < minimumM) return Number.NaN
  const mean = sum / weight
  return Math.sqrt(Math.max(0, squareSum / weight - mean * mean))
}
