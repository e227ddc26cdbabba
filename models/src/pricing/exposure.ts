import { bands } from '@fairmile/contract/driving-event.ts'
import type { Rated, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { emptyStatistics, mergeStatistics } from '../trips/merge-statistics.ts'
import { cleanByStretch, cleanByTrip, type Unit } from './clean-metres.ts'
import { type RatingTerms, ratingTerms } from './rating-terms.ts'

/** Kilometres of a term as the price sees them, in whole metres. */
export interface Exposure {
  distanceM: number
  /** Where a risk factor would have been seen. */
  gradableM: number
  /** Gradable metres of trips or stretches without a risk factor; no evidence is not clean. */
  cleanM: number
}

/** Trips in the order of receipts: by start, then by id. */
export function inOrder(trips: readonly ReceiptTrip[]): ReceiptTrip[] {
  return [...trips].sort((a, b) => a.startAt - b.startAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/** Those that the policy's driver drove. */
export const ownTrips = (trips: readonly ReceiptTrip[]): ReceiptTrip[] =>
  trips.filter(({ driver }) => driver !== 'other')

/** Statistics of all trips together, added in their order. */
export function totalStatistics(trips: readonly ReceiptTrip[]): TripStatistics {
  return inOrder(trips).reduce((sum, trip) => mergeStatistics(sum, trip.statistics), emptyStatistics())
}

/** Adds up the exposure of trips one after another: what it is to date is known after each. */
export interface ExposureWalk {
  /** Takes the next trip, in the order of receipts. */
  add(trip: ReceiptTrip): void
  exposure(): Exposure
}

/**
 * Walks trips under a plan's zero-risk-trip rule.
 *
 * Segments less than `joinMs` apart are judged as one trip, so that cutting a trip in pieces cleans none of them. What another drove is distance
 * alone, and stands between no two segments of the driver's.
 */
export function walkExposure({ discount }: RatingPlan, { kinds }: Pick<RatingTerms, 'kinds'>): ExposureWalk {
  const clean = discount.cleanUnit === 'stretch' ? cleanByStretch() : cleanByTrip()
  let [distanceM, gradableM] = [0, 0]
  let unit: Unit = { gradableM: 0, brakes: 0, others: 0 }
  let unitEndAt = Number.NEGATIVE_INFINITY
  return {
    add({ startAt, endAt, statistics, driver }) {
      distanceM += statistics.distanceM
      if (driver === 'other') return
      gradableM += statistics.gradableM
      if (startAt - unitEndAt >= discount.joinMs) {
        unit = { gradableM: 0, brakes: 0, others: 0 }
        clean.begin(unit)
      }
      unitEndAt = Math.max(unitEndAt, endAt)
      unit.gradableM += statistics.gradableM
      for (const { kind, band, grade, count } of statistics.events) {
        const { factor } = discount
        const counts =
          grade === factor.grade && bands.indexOf(band) >= bands.indexOf(factor.band) && kinds.includes(kind)
        if (counts) unit[kind === 'harsh_braking' ? 'brakes' : 'others'] += count
      }
    },
    exposure() {
      const cleanM = clean.cleanM(((discount.evasiveBrakesPer1000Km ?? 0) * gradableM) / 1e6)
      // Rounded sums of parts may exceed the rounded whole by nothing: rounding keeps their order.
      return { distanceM: Math.round(distanceM), gradableM: Math.round(gradableM), cleanM: Math.round(cleanM) }
    },
  }
}

/**
 * Exposure of the trips under a plan's zero-risk-trip rule (`walkExposure`).
 *
 * @throws RangeError where the plan is not for the policy's jurisdiction
 */
export function exposureOf(trips: readonly ReceiptTrip[], plan: RatingPlan, rated?: Rated): Exposure {
  const walk = walkExposure(plan, ratingTerms(plan, rated))
  for (const trip of inOrder(trips)) walk.add(trip)
  return walk.exposure()
}
