import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { ReceiptV1 as Receipt } from '@fairmile/contract/receipt.ts'
import fc from 'fast-check'
import { canonicalJson } from '../canonical-json.ts'
import { checkExample, issuerExample, planExample, receiptInputExample, tripExample } from './pricing-example.ts'
import { receiptId, sealOf } from './receipt.ts'
import { issueReceiptV1 as issueReceipt } from './receipt-v1-example.ts'
import { type Verdict, verifyReceipt } from './verify.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const brake = { kind: 'harsh_braking', band: 'count', grade: 'A' } as const
const trips = [tripExample(5), tripExample(0, { events: [brake] }), tripExample(9, { km: 300, gradable: 0.7 })]
const input = { ...receiptInputExample(sha256, trips), before: null as Receipt['before'] }
const { receipt, body, premium } = issueReceipt(input)

const known = { model: input.model, plans: [planExample()], before: [], hash: sha256 }
/** What is never checked of a receipt that bears no signature. */
const unsigned = ['signature', 'issuer']
const verify = (changed: Receipt, ...before: Receipt[]): Verdict => verifyReceipt(changed, { ...known, before })
const stepOf = (verdict: Verdict): string => ('differs' in verdict ? verdict.differs.step : 'none')
const stepThatDiffers = (changes: Partial<Receipt>): string =>
  stepOf(verify({ ...structuredClone(receipt), ...changes }))
/** The receipt with changes and a seal that is right for them, as only the issuer or a forger would make it. */
const resealed = (changes: Partial<Receipt>, of = receipt): Receipt => {
  const changed = { ...structuredClone(of), ...changes }
  const seal = sealOf(changed, sha256)
  return { ...changed, seal, id: receiptId(seal) }
}
const withTrip = (changes: Partial<Receipt['trips'][number]>): Receipt =>
  resealed({ trips: receipt.trips.map((trip, index) => (index === 1 ? { ...trip, ...changes } : trip)) })

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

test('verifyReceipt of the first format agrees with what was issued, also after a way through JSON', () => {
  const verdict = verify(JSON.parse(body))
  assert.deepEqual(verdict.ok && verdict.unchecked, unsigned)
})

test('verifyReceipt of the first format finds none right where published keys are at hand: nobody signed it', () => {
  const keyed = { ...known, keys: [issuerExample(sha256)], checkSignature: checkExample(sha256) }
  assert.deepEqual(verifyReceipt(receipt, keyed), { ok: false, unsigned: true, unchecked: unsigned })
  const { receipt: next } = issueReceipt({ ...input, before: { receiptId: receipt.id, premiumMinor: 999_999 } })
  assert.deepEqual(verifyReceipt(next, keyed), { ok: false, unsigned: true, unchecked: [...unsigned, 'before'] })
  assert.equal(stepOf(verifyReceipt({ ...receipt, premiumMinor: 1 }, keyed)), 'premium in minor units')
})

test('verifyReceipt of the first format takes no tariff but a published one, also under its id and version', () => {
  const plan = planExample()
  plan.coverages[0]!.perKmMicro *= 10
  const dearer = issueReceipt({ ...input, plan }).receipt
  assert.ok(dearer.premiumMinor > receipt.premiumMinor)
  assert.equal(stepOf(verify(dearer)), 'plan')
  assert.equal(verifyReceipt(dearer, { ...known, plans: [planExample(), plan] }).ok, true)
})

test('verifyReceipt of the first format allows the margin no tolerance', () => {
  assert.equal(stepOf(verify(resealed({ margin: receipt.margin + 5e-5 }))), 'margin')
})

test('verifyReceipt of the first format takes the model for unchecked where it is not at hand', () => {
  const verdict = verifyReceipt(receipt, { ...known, model: null })
  assert.deepEqual(verdict.ok && verdict.unchecked, ['model', ...unsigned])
})

test('verifyReceipt of the first format finds other thresholds, times and totals of a trip behind a right seal', () => {
  const [, { id, statistics, endAt }] = receipt.trips as [unknown, Receipt['trips'][number]]
  assert.equal(stepOf(verify(withTrip({ thresholdsHash: 'other' }))), `thresholds of ${id}`)
  assert.equal(stepOf(verify(withTrip({ endAt: endAt - 7_200_000 }))), `time of ${id}`)
  assert.equal(stepOf(verify(withTrip({ statistics: { ...statistics, gradableM: 20_002 } }))), `totals of ${id}`)
  const { term, trips } = receipt
  assert.equal(stepOf(verify(resealed({ term: { ...term, endsAt: term.startsAt } }))), 'term')
  const later = { ...term, startsAt: term.startsAt + 3_600_000 }
  assert.equal(stepOf(verify(resealed({ term: later }))), `time of ${trips[0]!.id}`)
  assert.equal(stepOf(verify(resealed({ trips: [trips[0]!, ...trips] }))), 'each trip once')
})

test('verifyReceipt of the first format names the first step that differs', () => {
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

test('verifyReceipt of the first format checks the receipt before: its seal, id, policy and amount', () => {
  const { receipt: first } = issueReceipt({ ...input, trips: input.trips.slice(0, 1) })
  const second = issueReceipt({ ...input, before: { receiptId: first.id, premiumMinor: first.premiumMinor } }).receipt
  const verdict = verify(second, first)
  assert.deepEqual(verdict.ok && verdict.unchecked, unsigned)
  assert.equal(stepOf(verify(second, { ...first, premiumMinor: 1 })), 'receipt before: seal')
  assert.equal(stepOf(verify(second, { ...first, id: 'RCP-0' })), 'receipt before: id')
  assert.equal(stepOf(verify(second, resealed({ policyId: 'POL-0002' }, first))), 'receipt before: policy')
  assert.equal(stepOf(verify(second, resealed({ premiumMinor: first.premiumMinor + 1 }, first))), 'receipt before')
  assert.equal(stepOf(verify(receipt, first)), 'receipt before')
})

test('verifyReceipt of the first format says that the receipt before was not checked, and finds no price right that rests on it', () => {
  const least = issueReceipt({ ...input, before: { receiptId: 'RCP-none', premiumMinor: 1 } }).receipt
  const verdict = verify(least)
  assert.deepEqual(verdict.ok && verdict.unchecked, [...unsigned, 'before'])
  const most = issueReceipt({ ...input, before: { receiptId: 'RCP-none', premiumMinor: 999_999 } }).receipt
  assert.equal(most.premiumMinor, 999_999)
  assert.deepEqual(verify(most), { ok: false, needs: 'RCP-none', unchecked: [...unsigned, 'before'] })
})

test('verifyReceipt of the first format re-derives the receipts before, back to the one whose own sum the premium is', () => {
  const next = (of: Receipt, at: number, more: Partial<typeof input> = {}): Receipt =>
    issueReceipt({
      ...input,
      issuedAt: input.issuedAt + at,
      before: { receiptId: of.id, premiumMinor: of.premiumMinor },
      ...more,
    }).receipt
  // A trip fewer than before, as after its removal: its own sum is lower.
  const fewer = { trips: input.trips.slice(0, 2) }
  const second = next(receipt, 1, fewer)
  const third = next(second, 2, fewer)
  assert.equal(third.premiumMinor, receipt.premiumMinor)
  const verdict = verify(third, second, receipt)
  assert.deepEqual(verdict.ok && verdict.unchecked, unsigned)
  assert.deepEqual(verify(third, second), { ok: false, needs: receipt.id, unchecked: [...unsigned, 'before'] })
  const forged = resealed({ premiumMinor: 999_999 })
  const [raised, further] = [next(forged, 1), next(next(forged, 1), 2)]
  assert.equal(stepOf(verify(raised, forged)), 'receipt before: premium in minor units')
  assert.equal(stepOf(verify(further, raised, forged)), 'receipt before: receipt before: premium in minor units')
})

test('verifyReceipt of the first format takes a receipt with a missing part for a difference, not an error', () => {
  for (const key of Object.keys(receipt)) {
    const { [key as keyof Receipt]: _, ...rest } = structuredClone(receipt)
    assert.equal(verify(rest as Receipt).ok, false, key)
  }
})

test('verifyReceipt of the first format finds a change of any one byte', () => {
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
