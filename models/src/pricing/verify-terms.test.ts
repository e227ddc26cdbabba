import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { inOrder } from './exposure.ts'
import {
  checkExample,
  issuerExample,
  planExample,
  receiptInputExample,
  resigningExample,
  secondPlanExample,
  tripExample,
} from './pricing-example.ts'
import { issueReceipt } from './receipt.ts'
import { termPremium } from './term-premium.ts'
import { type Verdict, verifyReceipt } from './verify.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const brake = { kind: 'harsh_braking', band: 'count', grade: 'A' } as const
const trips = [tripExample(5, { km: 300 }), tripExample(0), tripExample(9, { km: 20, events: [brake] })]
const input = receiptInputExample(sha256, trips)
const issuer = issuerExample(sha256)
const known = {
  ...{ model: input.model, plans: [planExample(), secondPlanExample()], before: [], hash: sha256 },
  ...{ checkSignature: checkExample(sha256), keys: [issuer] },
}
const stepOf = (verdict: Verdict): string => ('differs' in verdict ? verdict.differs.step : 'none')

const resigned = resigningExample(sha256)

test('verifyReceipt re-derives what another drove as distance alone, and finds where it is said to be the driver’s', () => {
  const own = trips.map((trip, index) => (index === 1 ? trip : { ...trip, driver: 'other' as const }))
  const { receipt } = issueReceipt({ ...input, trips: receiptInputExample(sha256, own).trips })
  const value = (name: string) => receipt.steps.find((step) => step.name === name)?.value
  assert.deepEqual([value('distance'), value('gradable'), value('clean')], [340_000, 20_000, 20_000])
  assert.ok(verifyReceipt(receipt, known).ok)
  const alone = issueReceipt({ ...input, trips: input.trips.slice(1, 2) }).receipt
  assert.deepEqual(receipt.features, alone.features)
  const said = receipt.trips.map(({ driver: _driver, ...trip }) => trip)
  assert.match(stepOf(verifyReceipt(resigned(receipt, { trips: said }), known)), /^feature /)
  const robots = receipt.trips.map((trip) => ({ ...trip, driver: 'robot' as 'other' }))
  assert.match(stepOf(verifyReceipt(resigned(receipt, { trips: robots }), known)), /^driver of /)
})

test('verifyReceipt finds right what is told of a trip that another drove, and what receipts of before told', () => {
  const plan = secondPlanExample()
  const all = receiptInputExample(
    sha256,
    trips.map((trip, index) => (index === 2 ? { ...trip, driver: 'other' as const } : trip)),
  ).trips
  const rulings = all.map(({ id }) => ({ eventId: `EVT-${id}`, tripId: id, rulingId: 'CON-1' }))
  const whole = { ...input, plan, rated: { jurisdiction: 'DE' }, trips: all, rulings }
  const { receipt } = issueReceipt(whole)
  const lent = all[2] ?? assert.fail()
  assert.deepEqual(receipt.trips.find(({ id }) => id === lent.id)?.statistics.events, [])
  const own = all.filter(({ id }) => id !== lent.id).map(({ id }) => id)
  assert.deepEqual(receipt.rulings.map(({ tripId }) => tripId).sort(), own.sort())
  assert.equal(receipt.premiumMinor, termPremium(whole).premiumMinor)
  assert.ok(verifyReceipt(receipt, known).ok)
  assert.ok(verifyReceipt(resigned(receipt, { trips: inOrder(all), rulings }), known).ok)
})

test('verifyReceipt re-derives a plan of the second format with what its policy tells it', () => {
  const plan = secondPlanExample()
  const rated = { jurisdiction: 'FR', classes: { vehicle: 'large' } }
  const renewedFrom = { receiptId: 'RCP-0', behaviourFactorPpm: 900_000, factorInForcePpm: 950_000 }
  const { receipt } = issueReceipt({ ...input, plan, rated, renewedFrom })
  assert.ok(verifyReceipt(JSON.parse(JSON.stringify(receipt)), known).ok)
  // France goes by EU-default, where harsh events may not be rated: the model is not shown them.
  assert.equal(receipt.features.find(({ name }) => name === 'harsh_braking_rate')?.value, null)
  const elsewhere = verifyReceipt(resigned(receipt, { rated: { jurisdiction: 'DE' } }), known)
  assert.ok('differs' in elsewhere)
  assert.ok('differs' in verifyReceipt(resigned(receipt, { rated: { jurisdiction: 'GB' } }), known))
})
