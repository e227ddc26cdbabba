import { bands } from '@fairmile/contract/driving-event.ts'
import type { Rated, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { emptyStatistics, mergeStatistics } from '../trips/merge-statistics.ts'
import { type RatingTerms, ratingTerms } from './rating-terms.ts'

/** Kilometres of a term as the price sees them, in whole metres. */
export interface Exposure {
  distanceM: number
  /** Where a risk factor would have been seen. */
  gradableM: number
  /** Gradable metres of trips or stretches without a risk factor; no evidence is not clean. */
  cleanM: number
}

/** What must be clean as a whole where the plan says `stretch`. */
export const stretchM = 10_000

/** A trip, its segments joined: what of it could be judged, and the risk factors in it. */
interface Unit {
  gradableM: number
  brakes: number
  others: number
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

/**
 * Exposure of the trips under a plan's zero-risk-trip rule.
 *
 * Segments less than `joinMs` apart are judged as one trip, so that cutting a trip in pieces cleans none of them. What another drove is distance
 * alone, and stands between no two segments of the driver's.
 * @throws RangeError where the plan is not for the policy's jurisdiction
 */
export function exposureOf(trips: readonly ReceiptTrip[], plan: RatingPlan, rated?: Rated): Exposure {
  const { discount } = plan
  const own = ownTrips(trips)
  const units = unitsOf(own, plan, ratingTerms(plan, rated))
  const distanceM = inOrder(trips).reduce((sum, { statistics }) => sum + statistics.distanceM, 0)
  const gradableM = inOrder(own).reduce((sum, { statistics }) => sum + statistics.gradableM, 0)
  const forgiven = ((discount.evasiveBrakesPer1000Km ?? 0) * gradableM) / 1e6
  const cleanM = discount.cleanUnit === 'stretch' ? cleanByStretch(units, forgiven) : cleanByTrip(units, forgiven)
  // Rounded sums of parts may exceed the rounded whole by nothing: rounding keeps their order.
  return { distanceM: Math.round(distanceM), gradableM: Math.round(gradableM), cleanM: Math.round(cleanM) }
}

function unitsOf(trips: readonly ReceiptTrip[], { discount }: RatingPlan, { kinds }: RatingTerms): Unit[] {
  const units: Unit[] = []
  let unitEndAt = Number.NEGATIVE_INFINITY
  for (const { startAt, endAt, statistics } of inOrder(trips)) {
    if (startAt - unitEndAt >= discount.joinMs) units.push({ gradableM: 0, brakes: 0, others: 0 })
    unitEndAt = Math.max(unitEndAt, endAt)
    const unit = units.at(-1)!
    unit.gradableM += statistics.gradableM
    for (const { kind, band, grade, count } of statistics.events) {
      const { factor } = discount
      const counts = grade === factor.grade && bands.indexOf(band) >= bands.indexOf(factor.band) && kinds.includes(kind)
      if (counts) unit[kind === 'harsh_braking' ? 'brakes' : 'others'] += count
    }
  }
  return units
}

/** Gradable metres of units without a factor, and of the units that are worth most among those that may be forgiven their brakes. */
function cleanByTrip(units: readonly Unit[], forgiven: number): number {
  let cleanM = 0
  const braking: Unit[] = []
  for (const unit of units) {
    if (unit.others > 0) continue
    if (unit.brakes === 0) cleanM += unit.gradableM
    else braking.push(unit)
  }
  const most = Math.min(
    Math.floor(forgiven),
    braking.reduce((sum, { brakes }) => sum + brakes, 0),
  )
  if (most === 0) return cleanM
  /** The most metres for so many forgiven brakes: the best choice never gets better by one more event, which a first-come choice may. */
  const best = new Float64Array(most + 1)
  for (const { brakes, gradableM } of braking)
    for (let n = most; n >= brakes; n--) best[n] = Math.max(best[n]!, best[n - brakes]! + gradableM)
  return cleanM + best[most]!
}

/**
 * Gradable metres without a stretch for each factor. Trip statistics do not say where on the way an event was, so each is held to have spoiled
 * a stretch of its own; what is left depends on sums alone, and no cut or merger of trips changes it.
 */
function cleanByStretch(units: readonly Unit[], forgiven: number): number {
  let gradableM = 0
  let brakes = 0
  let others = 0
  for (const unit of units) {
    gradableM += unit.gradableM
    brakes += unit.brakes
    others += unit.others
  }
  return Math.max(0, gradableM - stretchM * (others + Math.max(0, brakes - forgiven)))
}
