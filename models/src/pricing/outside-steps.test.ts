import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { checkExample, issuerExample, receiptInputExample, secondPlanExample, tripExample } from './pricing-example.ts'
import { issueReceipt, receiptId, sealOf, signedText } from './receipt.ts'
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
const next = issueReceipt({ ...rest, endorsementOf: 'POL-0000' }).receipt
const feesOf = ({ steps }: ReceiptV2): number[] =>
  steps.filter(({ name }) => name.startsWith('fee: ')).map(({ value }) => value)

const issuer = issuerExample(sha256)
const known = {
  ...{ model: input.model, plans: [plan], before: [], hash: sha256 },
  ...{ checkSignature: checkExample(sha256), keys: [issuer] },
}
const told = (verdict: Verdict): unknown => ('differs' in verdict ? verdict.differs.step : verdict.unchecked)
function resigned(receipt: ReceiptV2, changes: Partial<ReceiptV2>): ReceiptV2 {
  const changed = { ...structuredClone(receipt), ...changes }
  const seal = sealOf(changed, sha256)
  return { ...changed, seal, id: receiptId(seal), signature: issuer.sign(signedText(seal)) }
}

test('the fees of a term come once, with the policy that it began with', () => {
  assert.deepEqual([feesOf(first), feesOf(next)], [[300], [0]])
  const value = (name: string): number | undefined => next.steps.find((step) => step.name === name)?.value
  assert.equal(value('payable'), next.premiumMinor + (value('tax: insurance tax') ?? 0))
  assert.equal(value('tax: insurance tax'), Math.round(next.premiumMinor * 0.19))
  // A next term has fees of its own.
  assert.deepEqual(feesOf(issueReceipt(rest).receipt), [300])
})

test('verifyReceipt works out by itself whether fees are charged, from what the receipt says that it goes on from', () => {
  for (const model of [input.model, null])
    assert.deepEqual(told(verifyReceipt(next, { ...known, model })), model ? [] : ['model'])
  const { endorsementOf: _policy, ...alone } = next
  assert.equal(told(verifyReceipt(resigned(alone as ReceiptV2, {}), known)), 'fee: issue')
  const charged = next.steps.map((step) => (step.name === 'fee: issue' ? { ...step, value: 300 } : step))
  assert.equal(told(verifyReceipt(resigned(next, { steps: charged }), known)), 'fee: issue')
  assert.equal(
    told(verifyReceipt(resigned(next, { endorsementOf: next.policyId }), known)),
    'policy that it goes on from',
  )
  const carried = { policyId: 'POL-9999', receiptId: 'RCP-0', relativityPpm: 1_000_000 }
  const other = issueReceipt({ ...rest, carried, endorsementOf: 'POL-0000' }).receipt
  assert.equal(told(verifyReceipt(other, known)), 'policy that it goes on from')
})
