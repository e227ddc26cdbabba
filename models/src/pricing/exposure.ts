import { bands } from '@fairmile/contract/driving-event.ts'
import type { RatingPlan, ReceiptTrip } from '@fairmile/contract/receipt.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { emptyStatistics, mergeStatistics } from '../trips/merge-statistics.ts'

/** Kilometres of a term as the price sees them, in whole metres. */
export interface Exposure {
  distanceM: number
  /** Where a risk factor would have been seen. */
  gradableM: number
  /** Gradable metres of trips without a risk factor; no evidence is not clean. */
  cleanM: number
}

/** Trips in the order of receipts: by start, then by id. */
export function inOrder(trips: readonly ReceiptTrip[]): ReceiptTrip[] {
  return [...trips].sort((a, b) => a.startAt - b.startAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/** Statistics of all trips together, added in their order. */
export function totalStatistics(trips: readonly ReceiptTrip[]): TripStatistics {
  return inOrder(trips).reduce((sum, trip) => mergeStatistics(sum, trip.statistics), emptyStatistics())
}

/**
 * Exposure of the trips under a plan's zero-risk-trip rule.
 *
 * Segments less than `joinMs` apart are judged as one trip, so that cutting a trip in pieces cleans none of them. What another drove is distance alone,
 * and stands between no two segments of the driver's.
 * @throws RangeError for a clean unit that this code does not know
 */
export function exposureOf(trips: readonly ReceiptTrip[], { id, discount }: RatingPlan): Exposure {
  if (discount.cleanUnit !== 'trip')
    throw new RangeError(`pricing by plan "${id}": its clean unit is "${discount.cleanUnit}", only "trip" is known`)
  const sum: Exposure = { distanceM: 0, gradableM: 0, cleanM: 0 }
  let unitGradableM = 0
  let unitIsClean = true
  let unitEndAt = Number.NEGATIVE_INFINITY
  for (const { startAt, endAt, statistics, driver } of inOrder(trips)) {
    sum.distanceM += statistics.distanceM
    if (driver === 'other') continue
    if (startAt - unitEndAt >= discount.joinMs) {
      if (unitIsClean) sum.cleanM += unitGradableM
      unitGradableM = 0
      unitIsClean = true
    }
    unitEndAt = Math.max(unitEndAt, endAt)
    unitGradableM += statistics.gradableM
    unitIsClean &&= !hasRiskFactor(statistics, discount.factor)
    sum.gradableM += statistics.gradableM
  }
  if (unitIsClean) sum.cleanM += unitGradableM
  const distanceM = Math.round(sum.distanceM)
  // Rounded sums of parts may exceed the rounded whole by nothing: rounding keeps their order.
  return { distanceM, gradableM: Math.round(sum.gradableM), cleanM: Math.round(sum.cleanM) }
}

function hasRiskFactor({ events }: TripStatistics, factor: RatingPlan['discount']['factor']): boolean {
  return events.some(
    ({ kind, band, grade, count }) =>
      count > 0 &&
      grade === factor.grade &&
      bands.indexOf(band) >= bands.indexOf(factor.band) &&
      factor.kinds.includes(kind),
  )
}
