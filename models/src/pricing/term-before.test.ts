import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { Receipt, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { goneOnFrom } from './gone-on-from.ts'
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
import { issueReceiptV1 } from './receipt-v1-example.ts'
import { type Verdict, verifyReceipt } from './verify.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const issuer = issuerExample(sha256)
const plan = { ...secondPlanExample(), policy: { endorsable: true, carriedPpm: 500_000 } }
const trips = [tripExample(5, { km: 900 }), tripExample(30, { km: 700 })]
const input = { ...receiptInputExample(sha256, trips), plan, rated: { jurisdiction: 'DE' } }
const { receipt: last } = issueReceipt({ ...input, policyId: 'POL-0000' })
const stepValue = (receipt: Receipt, name: string): number =>
  receipt.steps.find((step) => step.name === name)?.value ?? Number.NaN
const carried = {
  ...{ policyId: 'POL-0000', receiptId: last.id },
  relativityPpm: 1_000_000 + Math.trunc((stepValue(last, 'relativity') - 1_000_000) / 2),
}
const renewedFrom = {
  ...{ receiptId: last.id, behaviourFactorPpm: stepValue(last, 'behaviour_factor') },
  factorInForcePpm: stepValue(last, 'factor_in_force'),
}
const yearMs = 365 * 86_400_000
const nextTerm = { startsAt: input.term.endsAt, endsAt: input.term.endsAt + yearMs }
const issueNext = (changes: Partial<typeof input> & Partial<Pick<ReceiptV2, 'carried' | 'renewedFrom'>> = {}) =>
  issueReceipt({ ...input, term: nextTerm, issuedAt: nextTerm.startsAt, trips: [], carried, renewedFrom, ...changes })
    .receipt
const next = issueNext()
const known = { model: input.model, plans: [plan], hash: sha256, checkSignature: checkExample(sha256), keys: [issuer] }
const verify = (receipt: ReceiptV2, before: Receipt[], more: Partial<Parameters<typeof verifyReceipt>[1]> = {}) =>
  verifyReceipt(receipt, { ...known, before, ...more })
const told = (verdict: Verdict): unknown => ('differs' in verdict ? verdict.differs.step : verdict.unchecked)

const resigned = resigningExample(sha256)

test('verifyReceipt says that it believed what a term starts from, where the receipt before is not at hand', () => {
  assert.deepEqual(told(verify(next, [])), ['carried', 'renewed'])
  assert.deepEqual(told(verify(issueNext({ carried: null }), [])), ['renewed'])
  assert.deepEqual(told(verify(next, [last])), [])
})

test('verifyReceipt finds figures that are not those of the term before', () => {
  const dearer = issueNext({ renewedFrom: { ...renewedFrom, factorInForcePpm: renewedFrom.factorInForcePpm + 1 } })
  assert.equal(told(verify(dearer, [last])), 'factors of the term before')
  const more = issueNext({ carried: { ...carried, relativityPpm: carried.relativityPpm - 1 } })
  assert.equal(told(verify(more, [last])), 'relativity carried on')
  const other = resigned(last, { driverId: 'DRV-9999' })
  const of = { ...renewedFrom, receiptId: other.id }
  assert.equal(told(verify(issueNext({ carried: null, renewedFrom: of }), [other])), 'receipt before: driver')
})

test('verifyReceipt takes no receipt before that is not whole, signed and of a published key', () => {
  const { id, policyId, currency, steps } = last
  const unsigned = { id, policyId, currency, steps } as ReceiptV2
  assert.match(String(told(verify(next, [unsigned]))), /^receipt before/)
  assert.equal(told(verify(next, [{ ...last, salt: 'ff' }])), 'receipt before: seal')
  assert.equal(told(verify(next, [{ ...last, signature: 'ab'.repeat(64) }])), 'receipt before: signature')
  const forged = resigned(last, {}, issuerExample(sha256, 'other'))
  const onForged = issueNext({ carried: null, renewedFrom: { ...renewedFrom, receiptId: forged.id } })
  assert.equal(told(verify(onForged, [forged])), 'receipt before: issuer')
  assert.deepEqual(told(verify(onForged, [forged], { keys: null })), ['renewed', 'issuer'])
  assert.deepEqual(told(verify(next, [last], { keys: null })), ['issuer'])
  assert.deepEqual(told(verify(next, [last], { checkSignature: undefined })), ['carried', 'renewed', 'signature'])
})

test('verifyReceipt believes what a term takes from a receipt of the first format, which nobody signed', () => {
  const plan = { ...planExample(), policy: { endorsable: true, carriedPpm: 500_000 } }
  const { receipt: first, premium } = issueReceiptV1({
    ...{ ...input, plan, rated: undefined, before: null },
    policyId: 'POL-0000',
  })
  const relativityPpm = 1_000_000 + Math.trunc((premium.relativityPpm - 1_000_000) / 2)
  const of = { policyId: first.policyId, receiptId: first.id, relativityPpm }
  const receipt = issueNext({ plan, rated: undefined, renewedFrom: undefined, carried: of } as never)
  assert.deepEqual(told(verify(receipt, [first], { plans: [plan] })), ['carried'])
  const changed = resigned(receipt, { carried: { ...of, relativityPpm: relativityPpm + 1 } })
  assert.equal(told(verify(changed, [first], { plans: [plan] })), 'relativity carried on')
})

test('verifyReceipt takes for the term before only one of another policy that ended as this one begins', () => {
  // Another car of the same driver, insured over the same days.
  const beside = issueNext({ term: input.term, issuedAt: input.issuedAt, carried: null })
  assert.deepEqual(told(verify(beside, [])), ['renewed'])
  assert.equal(told(verify(beside, [last])), 'receipt before: term')
  const own = issueNext({ policyId: last.policyId, carried: null })
  assert.equal(told(verify(own, [last])), 'receipt before: policy')
  // One that was ended early is followed from its last day on.
  const endsAt = last.term.endsAt - 7 * 86_400_000
  const cut = issueReceipt({ ...input, policyId: 'POL-0000', term: { ...input.term, endsAt } }).receipt
  const of = {
    ...{ receiptId: cut.id, behaviourFactorPpm: stepValue(cut, 'behaviour_factor') },
    factorInForcePpm: stepValue(cut, 'factor_in_force'),
  }
  const term = { startsAt: endsAt, endsAt: endsAt + yearMs }
  const follows = issueNext({ term, issuedAt: term.startsAt, carried: null, renewedFrom: of })
  assert.deepEqual(told(verify(follows, [cut])), [])
})

test('verifyReceipt says that it believed fees of a policy before that limited no changes', () => {
  const plan = { ...planExample(), outside: { fees: [{ name: 'issue', amountMinor: 300 }], taxes: [] } }
  const issue = (changes: object) => issueReceipt({ ...input, plan, rated: undefined, ...changes } as never).receipt
  const before = issue({ policyId: 'POL-0000', term: { ...input.term, endsAt: nextTerm.startsAt } })
  const of = { trips: [], term: nextTerm, issuedAt: nextTerm.startsAt, endorsementOf: goneOnFrom(before) }
  const next = issue({ ...of, policyId: 'POL-0001' })
  assert.deepEqual([goneOnFrom(before).fees.length, goneOnFrom(before).factors], [1, undefined])
  const plans = { plans: [plan] }
  assert.deepEqual(told(verify(next, [], plans)), ['endorsed'])
  assert.deepEqual(told(verify(next, [before], plans)), [])
  assert.deepEqual(told(verify(next, [{ ...before, salt: 'ff' }], plans)), ['endorsed'])
  const running = issue({ policyId: 'POL-0000', term: { ...input.term, endsAt: nextTerm.endsAt } })
  assert.deepEqual(told(verify(next, [running], plans)), ['endorsed'])
})

test('verifyReceipt takes fees and factors from the newest receipt of the policy that became this one', () => {
  const issueAfter = (from: ReceiptV2, of: Partial<Parameters<typeof issueNext>[0]> & { policyId: string }) =>
    issueNext({ carried: null, renewedFrom: undefined, endorsementOf: goneOnFrom(from), ...of } as never)
  const cutAt = nextTerm.startsAt + 30 * 86_400_000
  const second = issueAfter(last, { policyId: 'POL-0001', term: { ...nextTerm, endsAt: cutAt } })
  const rest = { startsAt: cutAt, endsAt: nextTerm.endsAt }
  const { factors } = goneOnFrom(second)
  assert.equal(factors?.termStartPpm, stepValue(last, 'start_factor'))
  assert.equal(factors?.inForcePpm, stepValue(second, 'factor_in_force'))
  assert.deepEqual(told(verify(second, [])), ['endorsed'])
  for (const [next, before] of [
    [second, last] as const,
    [issueAfter(second, { policyId: 'POL-0002', term: rest, issuedAt: cutAt }), second] as const,
  ])
    assert.deepEqual(told(verify(next, [before])), [])
  assert.equal(told(verify(issueAfter(second, { policyId: 'POL-0002' }), [second])), 'receipt before: term')
  const endorsementOf = goneOnFrom(last)
  const [of, own] = [endorsementOf.factors!, { policyId: 'POL-0001' }]
  const cheaper = { ...endorsementOf, factors: { ...of, termStartPpm: of.termStartPpm - 1 } }
  const found = verify(issueAfter(last, { ...own, endorsementOf: cheaper } as never), [last])
  assert.equal(told(found), 'fees and factors of the policy before')
  for (const wrong of [{ renewedFrom }, { endorsementOf: { ...endorsementOf, factors: { ...of, inForcePpm: -1 } } }])
    assert.equal(told(verify(issueAfter(last, { ...own, ...wrong } as never), [])), 'policy that it goes on from')
  assert.equal(told(verify(resigned(second, { arithmetic: 2 }), [last])), 'policy that it goes on from')
})
