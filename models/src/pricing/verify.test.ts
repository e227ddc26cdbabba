import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { Receipt } from '@fairmile/contract/receipt.ts'
import fc from 'fast-check'
import { canonicalJson } from '../canonical-json.ts'
import { receiptInputExample, tripExample } from './pricing-example.ts'
import { issueReceipt } from './receipt.ts'
import { type Verdict, verifyReceipt } from './verify.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const brake = { kind: 'harsh_braking', band: 'count', grade: 'A' } as const
const trips = [tripExample(5), tripExample(0, { events: [brake] }), tripExample(9, { km: 300, gradable: 0.7 })]
const input = receiptInputExample(sha256, trips)
const { receipt, body, premium } = issueReceipt(input)

const verify = (changed: Receipt): Verdict => verifyReceipt(changed, { model: input.model, hash: sha256 })
const stepThatDiffers = (changes: Partial<Receipt>): string => {
  const verdict = verify({ ...structuredClone(receipt), ...changes })
  return verdict.ok ? 'none' : verdict.differs.step
}

test('issueReceipt tells plan, model, trips in order, features, SHAP values and steps, and seals them', () => {
  assert.equal(receipt.premiumMinor, premium.premiumMinor)
  assert.deepEqual(
    receipt.trips.map(({ id }) => id),
    ['TRP-000000', 'TRP-000005', 'TRP-000009'],
  )
  assert.equal(receipt.term.days, 30)
  const sum = receipt.features.reduce((total, { shap }) => total + shap, receipt.shapBase)
  assert.ok(Math.abs(sum - receipt.margin) < 1e-6)
  assert.equal(body, canonicalJson(receipt))
  assert.equal(receipt.id, `RCP-${receipt.seal.slice(0, 16)}`)
})

test('issueReceipt refuses a margin that is not the model’s', () => {
  assert.doesNotThrow(() => issueReceipt({ ...input, margin: receipt.margin + 5e-5 }))
  assert.throws(() => issueReceipt({ ...input, margin: receipt.margin + 1e-3 }), /not that of the model's trees/)
  assert.throws(() => issueReceipt({ ...input, margin: Number.NaN }), RangeError)
})

test('verifyReceipt agrees with what was issued, also after a way through JSON', () => {
  assert.equal(verify(JSON.parse(body)).ok, true)
})

test('verifyReceipt names the first step that differs', () => {
  const changed = structuredClone(receipt)
  changed.plan.discount.maxPpm = 440_000
  assert.equal(stepThatDiffers({ plan: changed.plan }), 'plan hash')
  changed.trips[0]!.statistics.events = []
  assert.equal(stepThatDiffers({ trips: changed.trips }), 'feature harsh_braking_rate')
  assert.equal(stepThatDiffers({ trips: receipt.trips.toReversed() }), 'order of trips')
  assert.equal(stepThatDiffers({ margin: receipt.margin - 0.1 }), 'margin')
  const steps = receipt.steps.map((step) => (step.name === 'discount' ? { ...step, value: step.value - 1 } : step))
  assert.equal(stepThatDiffers({ steps }), 'discount')
  assert.equal(stepThatDiffers({ premiumMinor: receipt.premiumMinor - 1 }), 'premium in minor units')
  assert.equal(stepThatDiffers({ driverId: 'DRV-0002' }), 'seal')
  assert.equal(stepThatDiffers({ id: 'RCP-0' }), 'id')
})

test('verifyReceipt takes a receipt with a missing part for a difference, not an error', () => {
  for (const key of Object.keys(receipt)) {
    const { [key as keyof Receipt]: _, ...rest } = structuredClone(receipt)
    assert.equal(verify(rest as Receipt).ok, false, key)
  }
})

test('verifyReceipt finds a change of any one byte', () => {
  const at = fc.nat(body.length - 1)
  const printable = fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code))
  fc.assert(
    fc.property(at, printable, (index, character) => {
      const text = body.slice(0, index) + character + body.slice(index + 1)
      const changed = parse(text)
      if (changed === undefined || JSON.stringify(changed) === body) return
      assert.equal(verify(changed).ok, false, `${body.slice(index - 20, index + 20)} with ${character}`)
    }),
    { seed: 13, numRuns: 3000 },
  )
})

function parse(text: string): Receipt | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // found by whoever reads it
  }
}
