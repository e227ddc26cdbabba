import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { EndorsementOf, Receipt, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { goneOnFrom } from './gone-on-from.ts'
import {
  checkExample,
  issuerExample,
  planExample,
  receiptInputExample,
  secondPlanExample,
  tripExample,
} from './pricing-example.ts'
import { issueReceipt } from './receipt.ts'
import { type Verdict, verifyReceipt } from './verify.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const dayMs = 86_400_000
const input = receiptInputExample(sha256, [tripExample(5, { km: 900 }), tripExample(30, { km: 700 })])
const cutAt = input.term.startsAt + 60 * dayMs
const rest = { startsAt: cutAt, endsAt: input.term.endsAt }
const withFee = {
  ...planExample(),
  policy: { endorsable: true, carriedPpm: 0 },
  outside: { fees: [{ name: 'issue', amountMinor: 300 }], taxes: [] },
}
const free = { ...planExample(), policy: { endorsable: true, carriedPpm: 0 } }
const limiting = { ...secondPlanExample(), policy: { endorsable: true, carriedPpm: 0 } }
const known = {
  ...{ model: input.model, plans: [withFee, free, limiting], hash: sha256 },
  ...{ checkSignature: checkExample(sha256), keys: [issuerExample(sha256)] },
}
const told = (receipt: ReceiptV2, before: Receipt[]): unknown => {
  const verdict: Verdict = verifyReceipt(receipt, { ...known, before })
  return 'differs' in verdict ? verdict.differs.step : verdict.unchecked
}
const stepOf = (receipt: Receipt, wanted: string): number | undefined =>
  receipt.steps.find(({ name }) => name === wanted)?.value
const feeOf = (receipt: Receipt): number | undefined => stepOf(receipt, 'fee: issue')
const startOf = (receipt: Receipt): number | undefined => stepOf(receipt, 'start_factor')

type Changes = Partial<Omit<typeof input, 'plan'>> & { plan: RatingPlan; endorsementOf?: EndorsementOf }
const issue = (changes: Changes): ReceiptV2 => {
  const rated = changes.plan.format === 2 ? { jurisdiction: 'DE' } : undefined
  return issueReceipt({ ...input, rated, ...changes }).receipt
}
const cut = (plan: RatingPlan, more: Partial<Changes> = {}): ReceiptV2 =>
  issue({ policyId: 'POL-0000', term: { ...input.term, endsAt: cutAt }, issuedAt: cutAt, ...more, plan })
const follow = (endorsementOf: EndorsementOf, plan: RatingPlan, more: Partial<Changes> = {}): ReceiptV2 =>
  issue({ trips: [], term: rest, issuedAt: cutAt + 1, policyId: 'POL-0001', ...more, plan, endorsementOf })

const newest = 'newest receipt of the policy before'

test('verifyReceipt finds a fee that is charged twice in a term, and says so where nothing shows that it was not', () => {
  const before = cut(withFee)
  const honest = follow(goneOnFrom(before), withFee)
  const lie = follow({ policyId: 'POL-0000', fees: [] }, withFee)
  assert.deepEqual([before, honest, lie].map(feeOf), [300, 0, 300])
  assert.deepEqual([told(honest, []), told(honest, [before])], [['endorsed'], []])
  assert.deepEqual([told(lie, []), told(lie, [before])], [['endorsed'], newest])
  const other = follow({ policyId: 'POL-0000', fees: [{ name: 'issue', amountMinor: 1 }] }, withFee)
  assert.equal(told(other, [before]), newest)
  // What is not whole shows nothing, nor does what came after it.
  assert.deepEqual(told(lie, [{ ...before, salt: 'ff' }]), ['endorsed'])
  assert.deepEqual(told(lie, [cut(withFee, { issuedAt: cutAt + 2 })]), ['endorsed'])
})

test('verifyReceipt finds a fee that was left out by a policy in between, which charges none itself', () => {
  const before = cut(withFee)
  const [between, after] = [cutAt + 30 * dayMs, 'POL-0002']
  const silent = follow({ policyId: 'POL-0000', fees: [] }, free, { term: { startsAt: cutAt, endsAt: between } })
  const last = follow(goneOnFrom(silent), withFee, {
    ...{ term: { startsAt: between, endsAt: rest.endsAt }, issuedAt: between, policyId: after },
  })
  assert.equal(feeOf(last), 300)
  assert.deepEqual([told(last, [silent]), told(last, [silent, before])], [[], newest])
  assert.deepEqual([told(silent, []), told(silent, [before])], [[], newest])
})

test('verifyReceipt believes no fees silently where factors are told and the plan of now limits nothing', () => {
  const before = cut(limiting)
  const gone = goneOnFrom(before)
  assert.ok(gone.factors)
  const honest = follow(gone, withFee)
  const lie = follow({ ...gone, fees: [] }, withFee)
  assert.deepEqual([before, honest, lie].map(feeOf), [300, 0, 300])
  assert.deepEqual([told(honest, []), told(honest, [before])], [['endorsed'], []])
  assert.deepEqual([told(lie, []), told(lie, [before])], [['endorsed'], 'fees and factors of the policy before'])
  // Neither decides anything there.
  assert.deepEqual(told(follow(gone, free), []), [])
})

test('verifyReceipt finds factors that were left out under a plan that limits changes', () => {
  const before = cut(limiting)
  const ofOwn = input.trips.map((trip) => ({
    ...{ ...trip, id: `${trip.id}B` },
    ...{ startAt: trip.startAt + 68 * dayMs, endAt: trip.endAt + 68 * dayMs },
  }))
  const own = { trips: ofOwn, issuedAt: cutAt + 20 * dayMs }
  const honest = follow(goneOnFrom(before), limiting, own)
  const lie = follow({ policyId: 'POL-0000', fees: [] }, limiting, own)
  assert.deepEqual([startOf(honest), startOf(lie)], [goneOnFrom(before).factors?.inForcePpm, 1_000_000])
  assert.notEqual(startOf(honest), startOf(lie))
  assert.deepEqual([told(honest, []), told(honest, [before])], [['endorsed'], []])
  assert.deepEqual([told(lie, []), told(lie, [before])], [['endorsed'], newest])
})

test('verifyReceipt holds factors against a receipt between the named one and this one, and against no other', () => {
  const issuedAt = cutAt + 2
  const [first, second] = [cut(limiting, { trips: [] }), cut(limiting, { issuedAt: cutAt + 1 })]
  assert.notEqual(goneOnFrom(first).factors?.inForcePpm, goneOnFrom(second).factors?.inForcePpm)
  const onFirst = follow(goneOnFrom(first), limiting, { issuedAt })
  const onSecond = follow(goneOnFrom(second), limiting, { issuedAt })
  assert.deepEqual(told(onFirst, [first]), [])
  assert.equal(told(onFirst, [first, second]), newest)
  assert.deepEqual(told(onSecond, [first, second]), [])
  // Which of them is newer nothing shows.
  assert.deepEqual([told(onFirst, [second]), told(onSecond, [first])], [['endorsed'], ['endorsed']])
  // It was issued before the second, or as that was.
  for (const at of [cutAt, cutAt + 1])
    assert.deepEqual(told(follow(goneOnFrom(first), limiting, { issuedAt: at }), [first, second]), [])
})
