import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { feesCharged } from './outside-steps.ts'
import {
  checkExample,
  issuerExample,
  receiptInputExample,
  resigningExample,
  secondPlanExample,
  tripExample,
} from './pricing-example.ts'
import { issueReceipt } from './receipt.ts'
import { type Verdict, verifyReceipt } from './verify.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const dayMs = 86_400_000
const plan = secondPlanExample()
const rated = { jurisdiction: 'DE' }
const input = { ...receiptInputExample(sha256, [tripExample(0, { km: 300 })]), plan, rated }
const { startsAt, endsAt } = input.term
const changedAt = startsAt + 15 * dayMs
const first = issueReceipt({ ...input, policyId: 'POL-0000', term: { startsAt, endsAt: changedAt } }).receipt
const rest = { ...input, term: { startsAt: changedAt, endsAt }, trips: [] }
const endorsementOf = { policyId: 'POL-0000', fees: feesCharged(first) }
const next = issueReceipt({ ...rest, endorsementOf }).receipt
const feesOf = ({ steps }: ReceiptV2): number[] =>
  steps.filter(({ name }) => name.startsWith('fee: ')).map(({ value }) => value)

const issuer = issuerExample(sha256)
const known = {
  ...{ model: input.model, plans: [plan], before: [], hash: sha256 },
  ...{ checkSignature: checkExample(sha256), keys: [issuer] },
}
const told = (verdict: Verdict): unknown => ('differs' in verdict ? verdict.differs.step : verdict.unchecked)
const resigned = resigningExample(sha256)

test('the fees of a term come once, with the policy that it began with', () => {
  assert.deepEqual([feesOf(first), feesOf(next)], [[300], [0]])
  const value = (name: string): number | undefined => next.steps.find((step) => step.name === name)?.value
  assert.equal(value('payable'), next.premiumMinor + (value('tax: insurance tax') ?? 0))
  assert.equal(value('tax: insurance tax'), Math.round(next.premiumMinor * 0.19))
  // A next term has fees of its own.
  assert.deepEqual(feesOf(issueReceipt(rest).receipt), [300])
})

test('a fee that no policy of the term had yet is charged after an endorsement, with its tax', () => {
  const { outside: _none, ...without } = plan
  const begun = issueReceipt({ ...input, plan: without, policyId: 'POL-0000', term: { startsAt, endsAt: changedAt } })
  assert.deepEqual(feesCharged(begun.receipt), [])
  const fees = [...(plan.outside?.fees ?? []), { name: 'card', amountMinor: 200 }]
  const dearer = { ...plan, outside: { taxes: [], ...plan.outside, fees } }
  const later = (from: ReceiptV2) =>
    issueReceipt({ ...rest, plan: dearer, endorsementOf: { policyId: 'POL-0000', fees: feesCharged(from) } }).receipt
  assert.deepEqual(feesOf(later(begun.receipt)), [300, 200])
  const partly = later(first)
  assert.deepEqual(feesOf(partly), [0, 200])
  const tax = partly.steps.find(({ name }) => name === 'tax: insurance tax')?.value
  assert.equal(tax, Math.round((partly.premiumMinor + 200) * 0.19))
  assert.deepEqual(told(verifyReceipt(partly, { ...known, plans: [dearer] })), ['endorsed'])
  // What came with the first policy has come for all that follow.
  assert.deepEqual(feesCharged(partly), [
    { name: 'issue', amountMinor: 300 },
    { name: 'card', amountMinor: 200 },
  ])
})

test('verifyReceipt works out by itself whether fees are charged, from what the receipt says that it goes on from', () => {
  for (const model of [input.model, null])
    assert.deepEqual(told(verifyReceipt(next, { ...known, model })), model ? ['endorsed'] : ['model', 'endorsed'])
  const { endorsementOf: _before, ...alone } = next
  assert.equal(told(verifyReceipt(resigned(alone as ReceiptV2, {}), known)), 'fee: issue')
  const charged = next.steps.map((step) => (step.name === 'fee: issue' ? { ...step, value: 300 } : step))
  assert.equal(told(verifyReceipt(resigned(next, { steps: charged }), known)), 'fee: issue')
  const fee = { name: 'issue', amountMinor: 300 }
  const wrong = [
    { ...endorsementOf, policyId: next.policyId },
    { ...endorsementOf, fees: [{ ...fee, amountMinor: 0 }] },
  ]
  for (const of of wrong)
    assert.equal(told(verifyReceipt(resigned(next, { endorsementOf: of }), known)), 'policy that it goes on from')
  const free = { ...endorsementOf, fees: [] }
  assert.equal(told(verifyReceipt(resigned(next, { endorsementOf: free }), known)), 'fee: issue')
  const carried = { policyId: 'POL-9999', receiptId: 'RCP-0', relativityPpm: 1_000_000 }
  const other = issueReceipt({ ...rest, carried, endorsementOf }).receipt
  assert.equal(told(verifyReceipt(other, known)), 'policy that it goes on from')
})
