import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { EventCount, TripStatistics } from '@fairmile/contract/trip.ts'
import { thresholds } from '../src/events/thresholds.ts'
import { driverFeatures } from '../src/features/driver.ts'
import type { MotionSample } from '../src/motion.ts'
import { motionExample } from '../src/motion-example.ts'
import { checkExample, issuerExample, receiptInputExample, tripExample } from '../src/pricing/pricing-example.ts'
import { issueReceipt } from '../src/pricing/receipt.ts'
import { termPremium } from '../src/pricing/term-premium.ts'
import { verifyReceipt } from '../src/pricing/verify.ts'
import { createStatistics } from '../src/trips/statistics.ts'
import { newestModel, shippedModels, shippedRates } from './shipped.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const startsAt = Date.UTC(2026, 5, 1)
const term = { startsAt, endsAt: startsAt + 365 * 86_400_000 }
const model = newestModel()

/** A trip as a car adds it up: twenty restless minutes at 72 km/h, so that no bound holds its price; in the first half 80 km/h are posted without doubt. */
function driven(secondHalf: Partial<MotionSample>): TripStatistics {
  const sums = createStatistics({ thresholds, timeZone: 'UTC' })
  for (let n = 0; n <= 12_000; n++) {
    const half = n < 6000 ? { limitKmh: 80, limitConfidence: 1 } : secondHalf
    const force = { aLong: 2 * Math.sin(n / 4), aLat: 2 * Math.cos(n / 8) }
    sums.push(motionExample({ tMs: n * 100, atMs: startsAt + n * 100, phoneUse: 0, ...force, ...half }), Number.NaN)
  }
  return sums.result()
}

/** Minor units by plan and place, of twenty such trips. */
function prices(statistics: TripStatistics): Record<string, number> {
  const trips = Array.from({ length: 20 }, (_, n) => ({ ...tripExample(n * 4), statistics }))
  const issuedAt = startsAt + 30 * 86_400_000
  return Object.fromEntries(
    shippedRates().map(({ where, plan, rated }) => [
      where,
      termPremium({ plan, model, term, trips, rated, issuedAt }).premiumMinor,
    ]),
  )
}

test('what is known of a limit that is not sure, or by bad fixes, moves no price of the shipped model', () => {
  const unknown = prices(driven({}))
  for (const doubt of [{ limitConfidence: 0.6 }, { limitConfidence: 1, hdop: 9 }]) {
    const before = prices(driven(doubt))
    for (const limitKmh of [50, 80]) assert.deepEqual(prices(driven({ ...doubt, limitKmh })), before)
  }
  const sure = prices(driven({ limitKmh: 50, limitConfidence: 1 }))
  assert.ok(sure['fairmile-1']! > unknown['fairmile-1']!, 'what is sure is priced')
})

test('a phone in the hand moves no price of the shipped model, nor does an event below grade A', () => {
  const calm = driven({})
  const before = prices(calm)
  const used = driven({ phoneUse: 1 })
  assert.ok(used.phoneS > 0.4 * used.phoneKnownS)
  assert.deepEqual(prices(used), before)
  const events = (['B', 'C'] as const).flatMap((grade): EventCount[] =>
    (['harsh_braking', 'harsh_cornering', 'speeding', 'phone_use'] as const).flatMap((kind) =>
      (['coach', 'count'] as const).map((band) => ({ kind, band, grade, count: 3 })),
    ),
  )
  assert.deepEqual(prices({ ...calm, events }), before)
  const brake: EventCount = { kind: 'harsh_braking', band: 'count', grade: 'A', count: 3 }
  assert.ok(prices({ ...calm, events: [brake] })['fairmile-1']! > before['fairmile-1']!)
})

test('the newest shipped model is of the features that models are trained with now', () => {
  assert.deepEqual(
    model.manifest.features,
    driverFeatures.map(({ name }) => name),
  )
})

test('receipts by every shipped model can be derived, by those that took a phone too', () => {
  const trips = [0, 40, 80].map((startH) => {
    const { statistics, ...trip } = tripExample(startH)
    return { ...trip, statistics: { ...statistics, phoneS: 90, phoneKnownS: 600 } }
  })
  const input = receiptInputExample(sha256, trips)
  const tookPhones = shippedModels().filter((shipped) => {
    const { receipt } = issueReceipt({ ...input, model: shipped })
    const known = { model: shipped, plans: [input.plan], before: [], hash: sha256 }
    const verdict = verifyReceipt(receipt, {
      ...{ ...known, checkSignature: checkExample(sha256), keys: [issuerExample(sha256)] },
    })
    assert.equal(verdict.ok, true, JSON.stringify(verdict))
    return shipped.manifest.features.includes('phone_share')
  })
  assert.deepEqual(
    tookPhones.map(({ manifest }) => manifest.version),
    ['1.0.0', '2.0.0'],
  )
})
