import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bands } from '@fairmile/contract/driving-event.ts'
import type { Rated, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import fc from 'fast-check'
import { coverageSlopes, portfolioMargin } from '../scoring/manifest.ts'
import { stretchM, type Unit } from './clean-metres.ts'
import { type Exposure, exposureOf, inOrder, ownTrips, walkExposure } from './exposure.ts'
import { anyInsured, anyShape } from './plan-arbitraries.ts'
import { computePremium } from './premium.ts'
import { receiptInputExample, tripExample } from './pricing-example.ts'
import { parseRatingPlan } from './rating-plan.ts'
import { ratingTerms } from './rating-terms.ts'
import { judge } from './receipt.ts'
import { type TermInput, termPremium, withHighest } from './term-premium.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const { model } = receiptInputExample(sha256, [])
const shipped = parseRatingPlan(readFileSync(join(import.meta.dirname, '../../plans/fairmile-2.json'), 'utf8'))

/** Exposure of trips, all of them anew: what the walk has to come to after each. */
function wholeExposure(trips: readonly ReceiptTrip[], plan: RatingPlan, rated?: Rated): Exposure {
  const { discount } = plan
  const own = ownTrips(inOrder(trips))
  const units = unitsOf(own, plan, ratingTerms(plan, rated).kinds)
  const distanceM = inOrder(trips).reduce((sum, { statistics }) => sum + statistics.distanceM, 0)
  const gradableM = own.reduce((sum, { statistics }) => sum + statistics.gradableM, 0)
  const forgiven = ((discount.evasiveBrakesPer1000Km ?? 0) * gradableM) / 1e6
  const cleanM = discount.cleanUnit === 'stretch' ? byStretch(units, forgiven) : byTrip(units, forgiven)
  return { distanceM: Math.round(distanceM), gradableM: Math.round(gradableM), cleanM: Math.round(cleanM) }
}

function unitsOf(trips: readonly ReceiptTrip[], { discount }: RatingPlan, kinds: readonly string[]): Unit[] {
  const units: Unit[] = []
  let unitEndAt = Number.NEGATIVE_INFINITY
  for (const { startAt, endAt, statistics } of trips) {
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

function byTrip(units: readonly Unit[], forgiven: number): number {
  const calm = units.filter(({ others }) => others === 0)
  const braking = calm.filter(({ brakes }) => brakes > 0)
  const cleanM = calm.reduce((sum, { brakes, gradableM }) => (brakes === 0 ? sum + gradableM : sum), 0)
  const allBrakes = braking.reduce((sum, { brakes }) => sum + brakes, 0)
  const most = Math.min(Math.floor(forgiven), allBrakes)
  const best = new Float64Array(most + 1)
  for (const { brakes, gradableM } of braking)
    for (let n = most; n >= brakes; n--) best[n] = Math.max(best[n]!, best[n - brakes]! + gradableM)
  return cleanM + best[most]!
}

function byStretch(units: readonly Unit[], forgiven: number): number {
  const sumOf = (name: keyof Unit): number => units.reduce((sum, unit) => sum + unit[name], 0)
  return Math.max(0, sumOf('gradableM') - stretchM * (sumOf('others') + Math.max(0, sumOf('brakes') - forgiven)))
}

/** The premium of a term, each of its beginnings worked out anew. */
function wholeTermPremium({ plan, trips, term, rated, issuedAt, carriedPpm }: TermInput) {
  const terms = ratingTerms(plan, rated)
  const noticeEndsAt = term.startsAt + (terms.change?.noticeDays ?? 0) * 86_400_000
  const of = (some: readonly ReceiptTrip[], beforeMinor: number) => {
    const within = inOrder(some).filter(({ startAt }) => startAt < noticeEndsAt)
    return computePremium({
      ...{ plan, rated, carriedPpm, beforeMinor, exposure: wholeExposure(some, plan, rated) },
      days: Math.ceil((issuedAt - term.startsAt) / 86_400_000),
      margin: judge(some, model, terms.hidden).margin,
      baseMargin: portfolioMargin(model.manifest),
      coverageSlopes: coverageSlopes(model.manifest),
      noticeM: Math.round(within.reduce((sum, { statistics }) => sum + statistics.distanceM, 0)),
    })
  }
  const ordered = inOrder(trips)
  const before = ordered.slice(1).map((_, n) => of(ordered.slice(0, n + 1), 0).premiumMinor)
  return withHighest(of(trips, Math.max(0, ...before)))
}

/** A longer term, in any order, with trips of others and many brakes: what is forgiven is a choice among them. */
const anyTerm = fc
  .record({
    insured: anyInsured,
    shapes: fc.array(fc.tuple(anyShape(2), fc.integer({ min: 0, max: 30 }), fc.boolean()), { maxLength: 30 }),
    forgiven: fc.integer({ min: 0, max: 20 }),
    carriedPpm: fc.option(fc.integer({ min: 500_000, max: 2_000_000 }), { nil: undefined }),
  })
  .map(({ insured, shapes, forgiven, carriedPpm }) => {
    const { plan, rated, startsAt } = insured
    const more = shapes.map(([shape, gapH, isOther], n) => {
      const trip = { ...tripExample(10 + n + gapH, shape), id: `TRP-more-${n}` }
      return isOther && n % 3 === 0 ? { ...trip, driver: 'other' as const } : trip
    })
    const term = { startsAt, endsAt: startsAt + 200 * 86_400_000 }
    const discount = { ...plan.discount, evasiveBrakesPer1000Km: forgiven }
    const trips = [...more.toReversed(), ...insured.trips]
    return { plan: { ...plan, discount }, rated, model, term, trips, issuedAt: startsAt + 90 * 86_400_000, carriedPpm }
  })

test('walkExposure comes after each trip to what all until then come to anew, to the bit', () => {
  fc.assert(
    fc.property(anyTerm, ({ plan, rated, trips }) => {
      const walk = walkExposure(plan, ratingTerms(plan, rated))
      const ordered = inOrder(trips)
      for (const [n, trip] of ordered.entries()) {
        walk.add(trip)
        assert.deepEqual(walk.exposure(), wholeExposure(ordered.slice(0, n + 1), plan, rated))
      }
      assert.deepEqual(exposureOf(trips, plan, rated), wholeExposure(trips, plan, rated))
    }),
    { numRuns: 300 },
  )
})

test('termPremium is what each beginning of the term comes to anew, with all its steps', () => {
  fc.assert(
    fc.property(anyTerm, (term) => assert.deepEqual(termPremium(term), wholeTermPremium(term))),
    { numRuns: 60 },
  )
})

test('termPremium reads each trip as often in a long term as in a short one', () => {
  const readsOf = (many: number): number => {
    let reads = 0
    const trips = Array.from({ length: many }, (_, n) => {
      const { statistics, ...trip } = tripExample(n * 2, { km: 9 + (n % 30) })
      const counted = () => {
        reads += 1
        return statistics
      }
      return Object.defineProperty(trip, 'statistics', { get: counted }) as ReceiptTrip
    })
    const term = { startsAt: trips[0]!.startAt, endsAt: trips[0]!.startAt + 300 * 86_400_000 }
    termPremium({ plan: shipped, rated: { jurisdiction: 'DE' }, model, trips, term, issuedAt: term.endsAt })
    return reads / many
  }
  assert.equal(readsOf(120), readsOf(30))
})
