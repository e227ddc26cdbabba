import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { Receipt, ReceiptTrip } from '@fairmile/contract/receipt.ts'
import fc from 'fast-check'
import { counted } from '../trips/merge-statistics.ts'
import { cutTrip } from './cut-trip-example.ts'
import { anyEvent, anyTrips } from './plan-arbitraries.ts'
import { computePremium } from './premium.ts'
import { planExample, receiptInputExample, tripExample } from './pricing-example.ts'
import { issueReceipt } from './receipt.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const share = fc.double({ min: 0, max: 1, noNaN: true })
/** The receipt of a term. */
function priceTerm(trips: readonly ReceiptTrip[]): Receipt {
  return issueReceipt(receiptInputExample(sha256, trips)).receipt
}

const runs = { seed: 11, numRuns: 150 }

test('issueReceipt never takes off more than 45 % and never charges less than nothing', () => {
  fc.assert(
    fc.property(anyTrips, (trips) => {
      const receipt = priceTerm(trips)
      const value = (name: string): number => receipt.steps.find((step) => step.name === name)!.value
      assert.ok(value('discount') >= 0 && value('discount') <= 450_000)
      assert.ok(value('clean_discount') <= 0.45 * (value('usage_charge') + value('behaviour_adjustment')))
      assert.ok(receipt.premiumMinor > 0)
    }),
    runs,
  )
})

test('issueReceipt never costs less for another clean kilometre', () => {
  fc.assert(
    fc.property(anyTrips, share, fc.double({ min: 0.001, max: 50, noNaN: true }), (trips, temper, km) => {
      const more = tripExample(100, { km, temper })
      assert.ok(priceTerm([...trips, more]).premiumMinor >= priceTerm(trips).premiumMinor)
    }),
    runs,
  )
})

test('issueReceipt never costs less for another event on any trip', () => {
  fc.assert(
    fc.property(anyTrips, anyEvent, fc.nat(), (trips, more, at) => {
      const worse = trips.map((trip, index) => {
        if (index !== at % trips.length) return trip
        return { ...trip, statistics: { ...trip.statistics, events: counted(trip.statistics.events, more) } }
      })
      assert.ok(priceTerm(worse).premiumMinor >= priceTerm(trips).premiumMinor)
    }),
    runs,
  )
})

test('issueReceipt never costs less for a harder event of the same kind', () => {
  fc.assert(
    fc.property(anyTrips, fc.nat(), (trips, at) => {
      const withBand = (band: 'coach' | 'count'): ReceiptTrip[] =>
        trips.map((trip, index) => {
          if (index !== at % trips.length) return trip
          const events = counted(trip.statistics.events, { kind: 'harsh_braking', band, grade: 'A' })
          return { ...trip, statistics: { ...trip.statistics, events } }
        })
      assert.ok(priceTerm(withBand('count')).premiumMinor >= priceTerm(withBand('coach')).premiumMinor)
    }),
    runs,
  )
})

test('issueReceipt never costs less for a trip cut in two', () => {
  fc.assert(
    fc.property(anyTrips, fc.nat(), share, (trips, at, cut) => {
      const index = at % trips.length
      assert.ok(
        priceTerm(trips.flatMap((trip, n) => (n === index ? cutTrip(trip, cut) : [trip]))).premiumMinor >=
          priceTerm(trips).premiumMinor,
      )
    }),
    runs,
  )
})

test('computePremium costs more for each clean kilometre at any fixed relativity, whatever the term had cost before', () => {
  const metres = fc.integer({ min: 0, max: 2_000_000 })
  fc.assert(
    fc.property(metres, metres, metres, (dirtyM, ungradableM, cleanM) => {
      const price = (more: number): number => {
        const gradableM = dirtyM + cleanM + more
        const exposure = { distanceM: gradableM + ungradableM, gradableM, cleanM: cleanM + more }
        const { steps } = computePremium({
          plan: planExample(),
          exposure,
          days: 9,
          margin: 0,
          baseMargin: 0,
          beforeMinor: 0,
        })
        return steps.find(({ name }) => name === 'sum')!.value
      }
      assert.ok(price(1000) > price(0))
    }),
    { seed: 12, numRuns: 1000 },
  )
})
