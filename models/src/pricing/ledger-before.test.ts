import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { billingPeriods } from './billing-periods.ts'
import {
  checkExample,
  issuerExample,
  planExample,
  receiptInputExample,
  resigningExample,
  tripExample,
} from './pricing-example.ts'
import { emptyLedger, type IssuedReceipt, issueReceipt } from './receipt.ts'
import { type Verdict, verifyReceipt } from './verify.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const input = receiptInputExample(sha256, [tripExample(24, { km: 500 })])
const later = receiptInputExample(sha256, [...input.trips, tripExample(48, { km: 300 })])
const [first, second] = billingPeriods(input.term).map(({ endsAt }) => endsAt)
const end = first ?? assert.fail()
const issuedAt = end + 4 * 86_400_000
const issuer = issuerExample(sha256)
const known = { model: input.model, plans: [planExample()], hash: sha256, checkSignature: checkExample(sha256) }
const verify = (receipt: ReceiptV2, before: ReceiptV2[], more: Partial<Parameters<typeof verifyReceipt>[1]> = {}) =>
  verifyReceipt(receipt, { ...known, keys: [issuer], before, ...more })
const told = (verdict: Verdict): unknown => ('differs' in verdict ? verdict.differs.step : verdict.unchecked)

type Entries = ReceiptV2['ledger']['entries']
const entriesOf = ({ id, ledger }: ReceiptV2): Entries =>
  ledger.entries.map((entry) => ({ ...entry, receiptId: entry.receiptId ?? id }))
/** The receipt of late kilometres, a moment after another, with these earlier entries. */
const goesOn = (entries: Entries): IssuedReceipt =>
  issueReceipt({
    ...{ ...later, issuedAt: issuedAt + 1 },
    ledger: { ...emptyLedger(), billedThroughBefore: end, billedThrough: end, entries },
  })
const billed = issueReceipt({ ...input, issuedAt, ledger: { ...emptyLedger(), billedThrough: end } }).receipt
const honest = goesOn(entriesOf(billed))
const extra = honest.state.waivedMinor
const third = issueReceipt({
  ...{ ...later, issuedAt: (second ?? assert.fail()) + 1 },
  ledger: {
    ...{ ...emptyLedger(), billedThroughBefore: end, billedThrough: second! },
    entries: entriesOf(honest.receipt),
  },
}).receipt

test('verifyReceipt says that it believed the entries of a ledger before, where their receipt is not at hand', () => {
  assert.deepEqual(told(verify(billed, [])), [])
  assert.deepEqual(told(verify(honest.receipt, [])), ['ledger'])
  assert.deepEqual(told(verify(honest.receipt, [billed])), [])
  assert.deepEqual(told(verify(third, [billed])), ['ledger'])
  for (const before of [[honest.receipt], [billed, honest.receipt]]) assert.deepEqual(told(verify(third, before)), [])
  // One that came later says the same.
  assert.deepEqual(told(verify(billed, [third])), [])
  const other = issuerExample(sha256, 'other')
  const forged = resigningExample(sha256)(billed, {}, other)
  assert.equal(told(verify(honest.receipt, [forged])), 'receipt before: issuer')
  const onForged = goesOn(entriesOf(forged)).receipt
  assert.deepEqual(told(verify(onForged, [forged], { keys: null })), ['ledger', 'issuer'])
})

test('verifyReceipt finds an earlier entry that the receipt which it came with does not hold', () => {
  assert.ok(extra > 0)
  const [charge = assert.fail()] = entriesOf(billed)
  // What is to be waived, put down as billed: the time is that of the charge before, or of a day that is no period's end.
  for (const throughAt of [end, end + 1]) {
    const invented = { seq: 2, kind: 'charge', amountMinor: extra, throughAt, receiptId: billed.id } as const
    assert.equal(told(verify(goesOn([charge, invented]).receipt, [])), 'time of entry 2')
  }
  const more = goesOn([{ ...charge, amountMinor: charge.amountMinor + extra }]).receipt
  assert.deepEqual(told(verify(more, [])), ['ledger'])
  assert.equal(told(verify(more, [billed])), `entries of ${billed.id} and before`)
  const waived = { throughAt: end, receiptId: billed.id }
  const added = goesOn([
    charge,
    { ...waived, seq: 2, kind: 'correction', amountMinor: extra },
    { ...waived, seq: 3, kind: 'waiver', amountMinor: -extra },
  ]).receipt
  assert.deepEqual(told(verify(added, [])), ['ledger'])
  assert.equal(told(verify(added, [billed])), `entries that came with ${billed.id}`)
})

test('verifyReceipt takes charges of time that a term had before it was cut short', () => {
  const endsAt = end - 10 * 86_400_000
  const { receipt } = issueReceipt({
    ...{ ...input, issuedAt: issuedAt + 1, term: { ...input.term, endsAt } },
    ledger: { billedThroughBefore: end, billedThrough: endsAt, returns: 'cancellation', entries: entriesOf(billed) },
  })
  assert.deepEqual(
    receipt.ledger.entries.map(({ kind }) => kind),
    ['charge', 'cancellation'],
  )
  assert.deepEqual(told(verify(receipt, [billed])), [])
})
