import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { releasedThresholds, thresholds, thresholdsHash } from '../events/thresholds.ts'
import {
  checkExample,
  issuerExample,
  planExample,
  receiptInputExample,
  resigningExample,
  tripExample,
} from './pricing-example.ts'
import { issueReceipt } from './receipt.ts'
import { type Known, type Verdict, verifyReceipt } from './verify.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const input = receiptInputExample(sha256, [tripExample(0), tripExample(4)])
const known: Known = {
  ...{ model: input.model, plans: [planExample()], before: [], hash: sha256 },
  ...{ checkSignature: checkExample(sha256), keys: [issuerExample(sha256)] },
}
const earlier = { ...thresholds, version: '2026-10', holdMs: 250 }
const judgedBy = (hash: string) =>
  issueReceipt({
    ...input,
    trips: input.trips.map((trip, n) => (n === 1 ? { ...trip, thresholdsHash: hash } : trip)),
  }).receipt
const told = (verdict: Verdict): unknown => ('differs' in verdict ? verdict.differs.step : verdict.unchecked)

test('verifyReceipt takes every table of thresholds that is at hand, and says where one is not', () => {
  const receipt = judgedBy(thresholdsHash(earlier, sha256))
  assert.deepEqual(told(verifyReceipt(receipt, { ...known, thresholds: [earlier, thresholds] })), [])
  assert.deepEqual(told(verifyReceipt(receipt, known)), ['thresholds'])
  assert.deepEqual(told(verifyReceipt(receipt, { ...known, thresholds: [earlier] })), ['thresholds'])
})

test('verifyReceipt finds a table of a released version that is not the one which was released', () => {
  const receipt = judgedBy(thresholdsHash(thresholds, sha256))
  const [trip] = receipt.trips
  const changed = { ...thresholds, holdMs: 250 }
  const verdict = verifyReceipt(receipt, { ...known, thresholds: [earlier, changed] })
  assert.deepEqual('differs' in verdict && verdict.differs, {
    step: `thresholds of ${trip!.id}`,
    expected: `the table 2026-11 as it was released: ${releasedThresholds['2026-11']}`,
    found: `a changed one: ${thresholdsHash(changed, sha256)}`,
  })
})

test('verifyReceipt finds a changed table that a trip names, also where the released one is at hand', () => {
  const changed = { ...thresholds, holdMs: 1 }
  const trips = input.trips.map((trip) => ({ ...trip, thresholdsHash: thresholdsHash(changed, sha256) }))
  const { receipt } = issueReceipt({ ...input, trips })
  for (const tables of [[changed], [thresholds, changed], [changed, thresholds]]) {
    const verdict = verifyReceipt(receipt, { ...known, thresholds: tables })
    assert.deepEqual('differs' in verdict && verdict.differs, {
      step: `thresholds of ${trips[0]!.id}`,
      expected: `the table 2026-11 as it was released: ${releasedThresholds['2026-11']}`,
      found: `a changed one: ${thresholdsHash(changed, sha256)}`,
    })
  }
  assert.deepEqual(told(verifyReceipt(receipt, { ...known, thresholds: [thresholds] })), ['thresholds'])
})

test('verifyReceipt takes nothing for a table of thresholds but a hash', () => {
  const { trips } = judgedBy(thresholdsHash(earlier, sha256))
  const resigned = resigningExample(sha256)
  for (const thresholdsHash of ['other', '', 'A'.repeat(64), undefined as unknown as string]) {
    const said = trips.map((trip) => ({ ...trip, thresholdsHash }))
    const receipt = resigned(judgedBy(sha256('')), { trips: said })
    assert.equal(told(verifyReceipt(receipt, known)), `thresholds of ${trips[0]!.id}`)
  }
})
