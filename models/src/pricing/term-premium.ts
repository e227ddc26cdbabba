import type { Rated, RatingPlan, RenewedFrom } from '@fairmile/contract/rating-plan.ts'
import type { Arithmetic, EndorsementOf, ReceiptTrip } from '@fairmile/contract/receipt.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { marginOf } from '../explain/trees.ts'
import { driverFeaturesNamed, writeDriverFeatures } from '../features/driver.ts'
import { coverageSlopes, portfolioMargin } from '../scoring/manifest.ts'
import { addTrip, emptyDriverStatistics, mergeDriverStatistics } from '../trips/driver-statistics.ts'
import { mergeStatistics } from '../trips/merge-statistics.ts'
import { tripRules } from '../trips/trip.ts'
import { inOrder, walkExposure } from './exposure.ts'
import { walkNotice } from './notice-distance.ts'
import { computePremium, type Premium } from './premium.ts'
import type { PricingModel } from './pricing-model.ts'
import { ratingTerms } from './rating-terms.ts'
import { termDays } from './term-days.ts'

/** What the premium of a term to date is a function of. */
export interface TermInput {
  plan: RatingPlan
  model: Pick<PricingModel, 'manifest' | 'trees'>
  /** UTC epoch milliseconds, end excluded. */
  term: { startsAt: number; endsAt: number }
  trips: readonly ReceiptTrip[]
  /** What the policy tells the plan, and what the term before ended with; nothing where left out. */
  rated?: Rated | undefined
  renewedFrom?: RenewedFrom | undefined
  /** The policy that became this one within its term, with its fees and factors until then. @default this one began the term */
  endorsementOf?: EndorsementOf | undefined
  /** Trips that start at this moment or later do not count, and of the days those that began before it. @default `issuedAt`, and all trips */
  until?: number | undefined
  /** UTC epoch milliseconds. */
  issuedAt: number
  /** @default 3 */
  arithmetic?: Arithmetic | undefined
  /** The relativity that the term starts from, parts per million. @default one */
  carriedPpm?: number | undefined
}

/**
 * The premium of a term to a moment: what its trips cost together, and never less than the term had cost after any trip before the last. So
 * nobody is paid for driving on, and it is a function of the trips alone: neither the order in which they became known nor what
 * was priced in between changes it.
 */
export function termPremium(input: TermInput): Premium {
  const { plan, model, carriedPpm, rated, renewedFrom, endorsementOf, arithmetic = 3 } = input
  const { until = Number.POSITIVE_INFINITY } = input
  const trips = inOrder(input.trips).filter(({ startAt }) => startAt < until)
  const days = termDays(input.term, Math.min(until, input.issuedAt))
  const fixed = {
    ...{ plan, days, carriedPpm, rated, renewedFrom, endorsementOf, arithmetic },
    baseMargin: portfolioMargin(model.manifest),
    coverageSlopes: coverageSlopes(model.manifest),
  }
  const terms = ratingTerms(plan, rated)
  const margins = marginsOf(trips, model, terms.hidden)
  const exposure = walkExposure(plan, terms)
  const notice = walkNotice({ ...terms, ...input.term })
  const toDate = (n: number, beforeMinor: number) => ({
    ...fixed,
    ...{ exposure: exposure.exposure(), margin: margins[n]!, beforeMinor },
    ...(arithmetic >= 2 && { noticeM: notice.noticeM() }),
  })
  let highest = 0
  for (const [n, trip] of trips.entries()) {
    // No trip at all costs no more than any number of them.
    if (n > 0) highest = Math.max(highest, computePremium(toDate(n, 0), { terms, keepsSteps: false }).premiumMinor)
    exposure.add(trip)
    notice.add(trip)
  }
  return withHighest(computePremium(toDate(trips.length, highest), { terms }))
}

/** The steps with the name and formula that the amount before has here. */
export function withHighest(premium: Premium): Premium {
  const formula = 'the most that the term had cost after any trip before the last, at the days of now'
  const steps = premium.steps.map((step) => {
    if (step.name === 'before') return { ...step, name: 'highest_before', formula }
    return step.name === 'premium' ? { ...step, formula: 'max(computed, highest_before)' } : step
  })
  return { ...premium, steps }
}

/** The model's margin after no trip, the first, the first two, and so on to all of them. */
function marginsOf(
  trips: readonly ReceiptTrip[],
  { manifest, trees }: TermInput['model'],
  hidden: ReadonlySet<string>,
): number[] {
  const asked = driverFeaturesNamed(manifest.features)
  const row = new Float32Array(asked.length)
  const done = emptyDriverStatistics()
  const marginNow = (statistics: typeof done): number => {
    writeDriverFeatures(statistics, row, asked)
    for (const [index, { name }] of asked.entries()) if (hidden.has(name)) row[index] = Number.NaN
    return marginOf(trees, row)
  }
  const margins = [marginNow(done)]
  let whole: TripStatistics | null = null
  let endAt = Number.NEGATIVE_INFINITY
  for (const { startAt, endAt: end, statistics, driver } of trips) {
    if (driver === 'other') {
      margins.push(margins.at(-1)!)
      continue
    }
    if (whole && startAt - endAt >= tripRules.joinMs) {
      addTrip(done, whole)
      whole = null
    }
    whole = whole ? mergeStatistics(whole, statistics) : statistics
    endAt = Math.max(endAt, end)
    const last = emptyDriverStatistics()
    addTrip(last, whole)
    margins.push(marginNow(mergeDriverStatistics(done, last)))
  }
  return margins
}
