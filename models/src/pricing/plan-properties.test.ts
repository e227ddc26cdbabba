import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import fc from 'fast-check'
import { marginOf } from '../explain/trees.ts'
import { counted } from '../trips/merge-statistics.ts'
import { cutTrip } from './cut-trip-example.ts'
import { exposureOf, inOrder } from './exposure.ts'
import { noticeDistance } from './notice-distance.ts'
import { anyEvent, anyInsured, type Insured } from './plan-arbitraries.ts'
import { computePremium, type Premium } from './premium.ts'
import { pricingModelExample, tripExample } from './pricing-example.ts'
import { ratingTerms } from './rating-terms.ts'
import { featureRow } from './receipt.ts'

/** Random portfolios for each property: `npm run plans:prove` runs ten thousand. */
const numRuns = Number(process.env.FAIRMILE_PORTFOLIOS ?? 250)
const { model } = pricingModelExample((text) => createHash('sha256').update(text).digest('hex'))

function price(insured: Insured, { margin, beforeMinor = 0 }: { margin?: number; beforeMinor?: number } = {}): Premium {
  const { plan, rated, trips, days, startsAt } = insured
  const seen = margin ?? marginOf(model.trees, featureRow(trips, model, ratingTerms(plan, rated).hidden))
  const exposure = exposureOf(trips, plan, rated)
  const coverageSlopes = { liability: 0.9, collision: 0.6 }
  const noticeM = noticeDistance(trips, { ...ratingTerms(plan, rated), startsAt })
  const behaviour = { exposure, noticeM, margin: seen, baseMargin: 0, coverageSlopes }
  return computePremium({ plan, rated, days, beforeMinor, ...behaviour })
}

/** The premium of a term that is priced after each of its trips. */
function total(insured: Insured): number {
  const trips = inOrder(insured.trips)
  return trips.reduce(
    (beforeMinor, _, n) => price({ ...insured, trips: trips.slice(0, n + 1) }, { beforeMinor }).premiumMinor,
    0,
  )
}

const stepOf = ({ steps }: Premium, name: string): number => steps.find((step) => step.name === name)!.value
const withTrips = (insured: Insured, trips: readonly ReceiptTrip[]): Insured => ({ ...insured, trips: [...trips] })
const check = <T>(seed: number, property: fc.IProperty<T>): void => fc.assert(property, { seed, numRuns })
const anyNumber = fc.double({ min: -4, max: 4, noNaN: true })
const share = fc.double({ min: 0, max: 1, noNaN: true })

test('no premium is negative, above its caps, or lowered by more than the discount that the plan and its place allow', () => {
  check(
    1,
    fc.property(anyInsured, (insured) => {
      const { plan, rated, days } = insured
      const premium = price(insured)
      const terms = ratingTerms(plan, rated)
      const value = (name: string): number => stepOf(premium, name)
      assert.ok(premium.premiumMinor >= Math.floor((plan.minimumPerDayMicro * days) / 1e6))
      assert.ok(premium.discountPpm >= 0 && premium.discountPpm <= Math.min(450_000, terms.maxDiscountPpm))
      const usage = value('usage_charge')
      const behaviour = usage + value('behaviour_adjustment')
      assert.ok(value('clean_discount') <= 0.45 * behaviour)
      assert.ok(
        premium.relativityPpm >= Math.min(plan.relativity.minPpm, 1e6) &&
          premium.relativityPpm <= plan.relativity.maxPpm,
      )
      if (!terms.surchargeAllowed) assert.ok(premium.relativityPpm <= 1e6)
      if (terms.mileageOnly) assert.deepEqual([premium.relativityPpm, premium.discountPpm], [1e6, 0])
      if (terms.change) {
        const { midTermAllowed, midTermCapPpm } = terms.change
        const cap = midTermAllowed ? midTermCapPpm : 0
        const kilometres = behaviour - value('clean_discount') + value('change_adjustment')
        if (cap !== null) assert.ok(Math.abs(kilometres - usage) <= (usage * cap) / 1e6 + 1)
        const notice = value('distance') > 0 ? value('notice_distance') / value('distance') : 0
        const later = (usage - usage * notice) * ((cap ?? Number.POSITIVE_INFINITY) / 1e6)
        if (cap !== null || notice === 1) assert.ok(kilometres <= usage + (notice === 1 ? 0 : later) + 2)
      }
      const paid = premium.premiumMinor + 300
      assert.equal(value('payable'), terms.jurisdiction === null ? paid : paid + Math.floor((paid * 19 + 50) / 100))
    }),
  )
})

test('a higher margin never costs less', () => {
  check(
    2,
    fc.property(anyInsured, anyNumber, fc.double({ min: 0, max: 3, noNaN: true }), (insured, margin, more) => {
      const [low, high] = [price(insured, { margin }), price(insured, { margin: margin + more })]
      assert.ok(stepOf(high, 'sum') >= stepOf(low, 'sum') && high.monthMinor >= low.monthMinor)
    }),
  )
})

test('another event on any trip never costs less, not even before what the term had cost is looked at', () => {
  check(
    3,
    fc.property(anyInsured, anyEvent, fc.nat(), (insured, more, at) => {
      const worse = insured.trips.map((trip, index) => {
        if (index !== at % insured.trips.length) return trip
        return { ...trip, statistics: { ...trip.statistics, events: counted(trip.statistics.events, more) } }
      })
      const [before, after] = [price(insured), price(withTrips(insured, worse))]
      assert.ok(stepOf(after, 'sum') >= stepOf(before, 'sum') && after.monthMinor >= before.monthMinor)
      assert.ok(total(withTrips(insured, worse)) >= total(insured))
    }),
  )
})

test('another clean kilometre after all others never costs less', () => {
  check(
    4,
    fc.property(anyInsured, share, fc.double({ min: 0.001, max: 50, noNaN: true }), (insured, temper, km) => {
      const longer = withTrips(insured, [...insured.trips, tripExample(100, { km, temper })])
      assert.ok(total(longer) >= total(insured))
    }),
  )
})

test('another clean kilometre costs more by itself where stretches are judged, or no brake is forgiven', () => {
  check(
    5,
    fc.property(anyInsured, anyNumber, fc.double({ min: 0.1, max: 50, noNaN: true }), (insured, margin, km) => {
      const { discount } = insured.plan
      fc.pre(discount.cleanUnit === 'stretch' || discount.evasiveBrakesPer1000Km === 0)
      const plan = { ...insured.plan, relativity: { ...insured.plan.relativity, minPpm: 1e6, maxPpm: 1e6 } }
      const here = { ...insured, plan }
      const longer = withTrips(here, [...here.trips, tripExample(100, { km })])
      assert.ok(stepOf(price(longer, { margin }), 'sum') >= stepOf(price(here, { margin }), 'sum'))
    }),
  )
})

test('a trip cut in two never costs less, and stretches do not see the cut', () => {
  check(
    6,
    fc.property(anyInsured, fc.nat(), share, (insured, at, cut) => {
      const index = at % insured.trips.length
      const trips = insured.trips.flatMap((trip, n) => (n === index ? cutTrip(trip, cut) : [trip]))
      assert.ok(total(withTrips(insured, trips)) >= total(insured))
      const [whole, parts] = [insured.trips, trips].map((of) => exposureOf(of, insured.plan, insured.rated))
      for (const key of ['distanceM', 'gradableM', 'cleanM'] as const)
        assert.ok(Math.abs(whole![key] - parts![key]) <= 1, `${key}: ${whole![key]} and ${parts![key]}`)
    }),
  )
})
