import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { ReceiptV2 } from '@fairmile/contract/receipt.ts'
import {
  checkExample,
  issuerExample,
  planExample,
  receiptInputExample,
  resigningExample,
  tripExample,
} from './pricing-example.ts'
import { emptyLedger, issueReceipt, keyIdOf } from './receipt.ts'
import { type Verdict, verifyReceipt } from './verify.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const brake = { kind: 'harsh_braking', band: 'count', grade: 'A' } as const
const monthMs = 30 * 86_400_000
const input = receiptInputExample(sha256, [tripExample(5), tripExample(0, { events: [brake] })])
const { startsAt } = input.term
const july = startsAt + monthMs
const issuer = issuerExample(sha256)
const known = {
  ...{ model: input.model, plans: [planExample()], before: [], hash: sha256 },
  ...{ checkSignature: checkExample(sha256), keys: [issuer] },
}
const verify = (receipt: ReceiptV2, more: Partial<typeof known> = {}): Verdict =>
  verifyReceipt(receipt, { ...known, ...more })
const stepOf = (verdict: Verdict): string => ('differs' in verdict ? verdict.differs.step : 'none')

const resigned = resigningExample(sha256)

/** The ledger that a receipt leaves, for the next one. */
const after = ({ ledger, id }: ReceiptV2): ReceiptV2['ledger'] => ({
  ...{ billedThroughBefore: ledger.billedThrough, billedThrough: ledger.billedThrough, returns: 'refund' },
  entries: ledger.entries.map((entry) => ({ ...entry, receiptId: entry.receiptId ?? id })),
})
const billed = issueReceipt({ ...input, issuedAt: july, ledger: { ...emptyLedger(), billedThrough: july } }).receipt
const late = tripExample(48, { km: 90, events: [brake] })
const inTime = {
  ...input.trips[0]!,
  id: late.id,
  startAt: late.startAt,
  endAt: late.endAt,
  statistics: late.statistics,
}
const waived = issueReceipt({
  ...{ ...input, issuedAt: july + 1000, trips: [...input.trips, inTime] },
  ledger: after(billed),
}).receipt
const kinds = ({ ledger }: ReceiptV2): string[] => ledger.entries.map(({ kind }) => kind)

test('issueReceipt bills a period, and verifyReceipt finds it right', () => {
  assert.deepEqual(kinds(billed), ['charge'])
  assert.equal(billed.ledger.entries[0]?.amountMinor, billed.premiumMinor)
  assert.deepEqual(verify(billed), { ok: true, steps: (verify(billed) as { steps: number }).steps, unchecked: [] })
})

test('issueReceipt waives what comes late for a time that is billed, and gives back what a ruling makes cheaper', () => {
  assert.deepEqual(kinds(waived), ['charge', 'correction', 'waiver'])
  assert.equal(verify(waived).ok, true)
  const fewer = issueReceipt({ ...input, issuedAt: july + 2000, trips: input.trips.slice(0, 1), ledger: after(waived) })
  assert.deepEqual(kinds(fewer.receipt).slice(3), ['correction', 'waiver', 'refund'])
  assert.equal(fewer.state.waivedMinor, 0)
  const cost = fewer.receipt.steps.find(({ name }) => name === 'cost_of_billed')
  assert.equal(fewer.state.billedMinor, cost?.value)
  assert.equal(verify(fewer.receipt).ok, true)
})

test('verifyReceipt names what differs in the ledger, also behind a right seal and signature', () => {
  const { ledger, steps } = waived
  const [charge, correction, waiver] = ledger.entries
  const entries = (...some: ReceiptV2['ledger']['entries']): string =>
    stepOf(verify(resigned(waived, { ledger: { ...ledger, entries: some } })))
  assert.equal(entries(charge!, correction!), 'entries of this receipt')
  assert.equal(entries({ ...charge!, amountMinor: charge!.amountMinor + 1 }, correction!, waiver!), 'billed_before')
  assert.equal(entries({ ...charge!, seq: 2 }, correction!, waiver!), 'number of entry 1')
  const raised = steps.map((step) => (step.name === 'waived_now' ? { ...step, value: 0 } : step))
  assert.equal(stepOf(verify(resigned(waived, { steps: raised }))), 'waived_now')
  const through = { ...billed.ledger, billedThrough: july - 1 }
  assert.equal(stepOf(verify(resigned(billed, { ledger: through }))), 'entries of this receipt')
  const rulings = [{ eventId: 'EVT-1', tripId: 'TRP-9', rulingId: 'CON-1' }]
  assert.equal(stepOf(verify(resigned(billed, { rulings }))), 'trips of the rulings')
})

test('verifyReceipt takes no entry of an unknown kind, or of parts of minor units', () => {
  const { ledger } = waived
  for (const [kind, amountMinor] of [
    ['fee' as 'charge', 1],
    ['waiver', 0.5],
  ] as const) {
    const extra = { seq: 2, kind, amountMinor, throughAt: july, receiptId: 'RCP-0' }
    const [charge, ...own] = ledger.entries
    const entries = [charge!, extra, ...own.map((entry) => ({ ...entry, seq: entry.seq + 1 }))]
    assert.equal(stepOf(verify(resigned(waived, { ledger: { ...ledger, entries } }))), 'amount of entry 2')
  }
})

test('verifyReceipt holds entries against the steps: what was charged before any time was billed does not vanish', () => {
  const { receipt } = issueReceipt(input)
  const charge = { seq: 1, kind: 'charge', amountMinor: 100_000, throughAt: july, receiptId: 'RCP-0' } as const
  const vanished = new Map([
    ['billed_before', 100_000],
    ['returned_now', -100_000],
  ])
  const steps = receipt.steps.map((step) => ({ ...step, value: vanished.get(step.name) ?? step.value }))
  const forged = resigned(receipt, { steps, ledger: { ...receipt.ledger, entries: [charge] } })
  assert.equal(stepOf(verify(forged)), 'time billed by the entries')
  const ledger = { ...emptyLedger(), entries: [charge] }
  assert.throws(() => issueReceipt({ ...input, ledger }), /^RangeError: .*1 entries, and no time was billed before/)
  const taken = { ...after(billed), billedThrough: null }
  assert.throws(
    () => issueReceipt({ ...input, issuedAt: july, ledger: taken }),
    /^RangeError: .*no time is billed afterwards/,
  )
})

test('verifyReceipt takes no signature but that of a published key', () => {
  const other = issuerExample(sha256, 'other')
  assert.equal(stepOf(verify(resigned(billed, {}, other))), 'issuer')
  assert.equal(verify(resigned(billed, {}, other), { keys: [other, issuer] }).ok, true)
  assert.equal(stepOf(verify({ ...billed, signature: `${billed.signature.slice(0, -1)}g` })), 'form of the signature')
  assert.equal(stepOf(verify({ ...billed, signature: waived.signature })), 'signature')
  const { publicKey } = other
  const claimed = { keyId: keyIdOf(issuer.publicKey, sha256), publicKey }
  assert.equal(stepOf(verify(resigned(billed, { issuer: claimed }))), 'id of the key')
})

test('no text in a receipt passes for what a check needs, whatever words the check has for it', () => {
  const { keyId } = issuer
  for (const signature of [
    `Ed25519 of this receipt's seal by the key ${keyId}`,
    'a signature of 128 and a key of 64 lower-case hex digits',
    sha256('a') + sha256('b'),
  ])
    assert.match(stepOf(verify({ ...billed, signature })), /signature$/)
  const format = 'fairmile-receipt/1 or /2' as 'fairmile-receipt/2'
  assert.equal(stepOf(verify(resigned(billed, { format }))), 'format')
})

test('verifyReceipt says what was not at hand: keys, the means to check a signature, the model', () => {
  const { keys: _, checkSignature: __, ...less } = known
  const verdict = verifyReceipt(billed, { ...less, model: null })
  assert.deepEqual(verdict.ok && verdict.unchecked, ['model', 'signature', 'issuer'])
})

test('verifyReceipt checks the relativity that a renewed term starts from, where the receipt before is at hand', () => {
  const plan = { ...planExample(), policy: { endorsable: true, carriedPpm: 500_000 } }
  const from = issueReceipt({ ...input, plan, policyId: 'POL-0000' })
  const relativityPpm = 1_000_000 + Math.trunc((from.premium.relativityPpm - 1_000_000) / 2)
  const carried = { policyId: 'POL-0000', receiptId: from.receipt.id, relativityPpm }
  const { receipt } = issueReceipt({ ...input, plan, carried, trips: [] })
  assert.equal(receipt.steps.find(({ name }) => name === 'relativity')?.value, relativityPpm)
  const plans = [plan]
  const alone = verify(receipt, { plans })
  assert.deepEqual(alone.ok && alone.unchecked, ['carried'])
  const both = verifyReceipt(receipt, { ...known, plans, before: [from.receipt] })
  assert.deepEqual(both.ok && both.unchecked, [])
  const more = resigned(receipt, { carried: { ...carried, relativityPpm: relativityPpm - 1 } })
  assert.equal(stepOf(verifyReceipt(more, { ...known, plans, before: [from.receipt] })), 'relativity carried on')
})

test('verifyReceipt takes a receipt with a missing part for a difference, not an error', () => {
  for (const key of Object.keys(billed)) {
    const { [key as keyof ReceiptV2]: _, ...rest } = structuredClone(billed)
    assert.equal(verify(rest as ReceiptV2).ok, false, key)
  }
})

test('issueReceipt refuses a margin that is not the model’s', () => {
  const inferred = (inferredMargin: number) => issueReceipt({ ...input, inferredMargin })
  const { receipt, body } = issueReceipt(input)
  assert.equal(inferred(receipt.margin + 5e-5).body, body)
  assert.throws(() => inferred(receipt.margin + 1e-3), /not that of the model's trees/)
  assert.throws(() => inferred(Number.NaN), RangeError)
})
