import { bands } from '@fairmile/contract/driving-event.ts'
import type { Rated, RatingPlan, RenewedFrom } from '@fairmile/contract/rating-plan.ts'
import type { EndorsementOf, ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { marginOf } from '../explain/trees.ts'
import { coverageSlopes, portfolioMargin } from '../scoring/manifest.ts'
import { createCoverageSums } from './coverage-sums.ts'
import { dislocationOf } from './dislocation.ts'
import { exposureOf } from './exposure.ts'
import { largestChanges } from './largest-changes.ts'
import { noticeDistance } from './notice-distance.ts'
import { computePremium, type Premium } from './premium.ts'
import { ratingTerms } from './rating-terms.ts'
import { featureRow, type PricingModel } from './receipt.ts'
import type { SimulatedDriver, Simulation } from './simulation.ts'

/** A policy of the portfolio, as far as its term has gone. */
export interface SimulatedPolicy {
  policyId: string
  driverId: string
  /** The plan that it has. */
  before: RatingPlan
  rated: Rated
  /** Start of the term, UTC epoch milliseconds, and the days of it that have begun. */
  startsAt: number
  days: number
  trips: readonly ReceiptTrip[]
  /** The relativity that the term starts from, parts per million. @default one */
  carriedPpm?: number | undefined
  /** What the term before ended with. @default there was none */
  renewedFrom?: RenewedFrom | undefined
  /** The policy that became this one within its term, with its fees and factors until then. @default this one began the term */
  endorsementOf?: EndorsementOf | undefined
}

interface SimulationOptions {
  /** The plan that it would have. */
  plan: RatingPlan
  model: Pick<PricingModel, 'manifest' | 'trees'>
  /** What policies tell the plan that say nothing of it themselves. @default nothing */
  assume?: Rated | undefined
}

/** What is added up while policies pass by. */
interface Sums {
  beforeMinor: number
  afterMinor: number
  distanceM: number
  trip: { minor: number; discount: number; cleanM: number }
  stretch: { minor: number; discount: number; cleanM: number }
  events: { relativity: number; discount: number; jointly: number }
}

const emptySums = (): Sums => ({
  beforeMinor: 0,
  afterMinor: 0,
  distanceM: 0,
  trip: { minor: 0, discount: 0, cleanM: 0 },
  stretch: { minor: 0, discount: 0, cleanM: 0 },
  events: { relativity: 0, discount: 0, jointly: 0 },
})

/**
 * What a plan would do to a portfolio: policies are added one by one, and nothing of them is kept but two amounts.
 *
 * Both plans price the same trips under the same model, each by its own arithmetic and without what the term had cost before.
 */
export function createSimulation({ plan, model, assume = {} }: SimulationOptions): {
  add(policy: SimulatedPolicy): void
  /** Counts a policy that cannot be priced. */
  leaveOut(reason: string): void
  result(): Simulation
} {
  const sums = emptySums()
  const drivers: SimulatedDriver[] = []
  const notRated = new Map<string, number>()
  const coverages = createCoverageSums()
  const priceBy = createPricer(model)

  function add({ policyId, driverId, before, rated, ...of }: SimulatedPolicy): void {
    try {
      if (before.currency !== plan.currency) throw new RangeError(`its plan is in ${before.currency}`)
      const toldBefore = toldTo(before, rated, {})
      const was = priceBy(before, { ...of, rated: toldBefore })
      const told = toldTo(plan, rated, assume)
      const units = {
        trip: priceBy(withUnit(plan, 'trip'), { ...of, rated: told }),
        stretch: priceBy(withUnit(plan, 'stretch'), { ...of, rated: told }),
      }
      const is = units[plan.discount.cleanUnit]
      const [beforeMinor, afterMinor] = [computedOf(was), computedOf(is)]
      drivers.push({ policyId, driverId, beforeMinor, afterMinor })
      sums.beforeMinor += beforeMinor
      sums.afterMinor += afterMinor
      sums.distanceM += stepOf(is, 'distance')
      for (const unit of ['trip', 'stretch'] as const) {
        sums[unit].minor += computedOf(units[unit])
        sums[unit].discount += stepOf(units[unit], 'clean_discount')
        sums[unit].cleanM += stepOf(units[unit], 'clean')
      }
      addEvents(sums.events, plan, { ...of, rated: told, priceBy })
      coverages.add('before', before, toldBefore, was)
      coverages.add('after', plan, told, is)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      leaveOut(error.message)
    }
  }

  function leaveOut(reason: string): void {
    notRated.set(reason, (notRated.get(reason) ?? 0) + 1)
  }

  return { add, leaveOut, result: () => resultOf({ plan, sums, drivers, notRated, coverages: coverages.rows() }) }
}

type Priced = Pick<
  SimulatedPolicy,
  'rated' | 'startsAt' | 'days' | 'trips' | 'carriedPpm' | 'renewedFrom' | 'endorsementOf'
>

/** Prices trips; what the model says of them and what of them is clean may each be taken of other trips. */
type Pricer = (
  plan: RatingPlan,
  priced: Priced,
  of?: { scored?: readonly ReceiptTrip[]; judged?: readonly ReceiptTrip[] },
) => Premium

function createPricer(model: SimulationOptions['model']): Pricer {
  const baseMargin = portfolioMargin(model.manifest)
  const slopes = coverageSlopes(model.manifest)
  return (
    plan,
    { rated, startsAt, days, trips, carriedPpm, renewedFrom, endorsementOf },
    { scored = trips, judged = trips } = {},
  ) => {
    const { hidden, change } = ratingTerms(plan, rated)
    const row = featureRow(scored, model, hidden)
    return computePremium({
      plan,
      rated,
      exposure: exposureOf(judged, plan, rated),
      noticeM: noticeDistance(trips, { startsAt, change }),
      days,
      carriedPpm,
      ...(plan.format === 2 && { renewedFrom, endorsementOf }),
      margin: marginOf(model.trees, row),
      baseMargin,
      coverageSlopes: slopes,
      beforeMinor: 0,
    })
  }
}

/**
 * What the events that make trips unclean cost: as far as the relativity alone charges them, the discount alone, and what is more, or less,
 * because both do.
 */
function addEvents(sum: Sums['events'], plan: RatingPlan, { priceBy, ...priced }: Priced & { priceBy: Pricer }): void {
  const without = priced.trips.map((trip) => withoutFactors(trip, plan, priced.rated))
  const price = (of: Parameters<Pricer>[2]): number => stepOf(priceBy(plan, priced, of), 'sum')
  const neither = price({ scored: without, judged: without })
  const relativity = price({ judged: without }) - neither
  const discount = price({ scored: without }) - neither
  sum.relativity += relativity
  sum.discount += discount
  sum.jointly += price({}) - neither - relativity - discount
}

function withoutFactors(trip: ReceiptTrip, plan: RatingPlan, rated: Rated): ReceiptTrip {
  const { factor } = plan.discount
  const { kinds } = ratingTerms(plan, rated)
  const isFactor = ({ kind, band, grade }: ReceiptTrip['statistics']['events'][number]): boolean =>
    grade === factor.grade && bands.indexOf(band) >= bands.indexOf(factor.band) && kinds.includes(kind)
  return {
    ...trip,
    statistics: { ...trip.statistics, events: trip.statistics.events.filter((event) => !isFactor(event)) },
  }
}

/** What a policy would tell a plan: its own word first, and of its classes those that the plan has. */
function toldTo({ classes = [] }: RatingPlan, rated: Rated, assume: Rated): Rated {
  const known = new Set(classes.map(({ name }) => name))
  const told = Object.entries({ ...assume.classes, ...rated.classes }).filter(([name]) => known.has(name))
  return { ...assume, ...rated, classes: Object.fromEntries(told) }
}

const withUnit = (plan: RatingPlan, cleanUnit: 'trip' | 'stretch'): RatingPlan => ({
  ...plan,
  discount: { ...plan.discount, cleanUnit },
})

const stepOf = ({ steps }: Premium, name: string): number => steps.find((step) => step.name === name)?.value ?? 0
const computedOf = (premium: Premium): number => stepOf(premium, 'computed')

interface Found {
  plan: RatingPlan
  sums: Sums
  drivers: SimulatedDriver[]
  notRated: ReadonlyMap<string, number>
  coverages: Simulation['coverages']
}

function resultOf({ plan, sums, drivers, notRated, coverages }: Found): Simulation {
  const { beforeMinor, afterMinor, distanceM, events } = sums
  const unit = ({ minor, discount, cleanM }: Sums['trip']): Simulation['cleanUnits']['trip'] => ({
    totalMinor: minor,
    discountMinor: Math.round(discount / 1e6),
    cleanSharePpm: distanceM > 0 ? Math.round((cleanM / distanceM) * 1e6) : null,
  })
  const of = drivers.map(({ beforeMinor: before, afterMinor: after }) => ({ before, after }))
  const { drivers: _count, largestPercent, ...dislocation } = dislocationOf(of)
  return {
    plan: { id: plan.id, version: plan.version, cleanUnit: plan.discount.cleanUnit },
    currency: plan.currency,
    policies: drivers.length,
    distanceKm: Math.round(distanceM / 1000),
    notRated: [...notRated].map(([reason, policies]) => ({ reason, policies })),
    beforeMinor,
    afterMinor,
    offBalance:
      beforeMinor > 0 && afterMinor > 0
        ? { ratio: afterMinor / beforeMinor, balancingFactor: beforeMinor / afterMinor }
        : null,
    dislocation: {
      ...dislocation,
      largestPercent: largestPercent !== null && Number.isFinite(largestPercent) ? largestPercent : null,
    },
    largest: largestChanges(drivers),
    cleanUnits: { trip: unit(sums.trip), stretch: unit(sums.stretch) },
    coverages,
    events: {
      relativityMinor: Math.round(events.relativity / 1e6),
      discountMinor: Math.round(events.discount / 1e6),
      jointlyMinor: Math.round(events.jointly / 1e6),
    },
    drivers,
  }
}
