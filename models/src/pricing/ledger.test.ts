import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LedgerEntry } from '@fairmile/contract/receipt.ts'
import { ledgerState, type Settlement, settle } from './ledger.ts'

const through = Date.UTC(2026, 6, 1)
const told = (kind: LedgerEntry['kind'], amountMinor: number, seq: number): LedgerEntry => ({
  ...{ kind, amountMinor, seq, throughAt: through, receiptId: 'RCP-1' },
})
const billed = [told('charge', 5000, 1)]
const settled = (changes: Partial<Settlement>) =>
  settle({
    ...{ entries: billed, billedThroughBefore: through, billedThrough: through, returns: 'refund' },
    ...{ costBeforeMinor: 5000, costMinor: 5000, premiumMinor: 6000 },
    ...changes,
  })
const amounts = ({ added }: ReturnType<typeof settle>) => added.map(({ kind, amountMinor }) => [kind, amountMinor])

test('settle writes nothing where nothing changed', () => {
  assert.deepEqual(settled({}).added, [])
  assert.equal(settled({}).steps.find(({ name }) => name === 'to_be_billed')?.value, 1000)
})

test('settle waives what the time billed costs more, and never asks for it', () => {
  const later = settled({ costBeforeMinor: 5500, costMinor: 5500 })
  assert.deepEqual(amounts(later), [
    ['correction', 500],
    ['waiver', -500],
  ])
  assert.deepEqual(later.state, { billedMinor: 5000, waivedMinor: 500 })
})

test('settle gives back at once what it costs less, after what was waived', () => {
  const entries = [...billed, told('correction', 500, 2), told('waiver', -500, 3)]
  const less = settled({ entries, costBeforeMinor: 4800, costMinor: 4800 })
  assert.deepEqual(amounts(less), [
    ['correction', -500],
    ['waiver', 500],
    ['refund', -200],
  ])
  assert.deepEqual(
    less.added.map(({ seq }) => seq),
    [4, 5, 6],
  )
  assert.deepEqual(amounts(settled({ entries, costBeforeMinor: 5200, costMinor: 5200 })), [
    ['correction', -300],
    ['waiver', 300],
  ])
})

test('settle charges a period beside what it puts right, and names money back for its cause', () => {
  const next = settled({ billedThrough: through + 1, costBeforeMinor: 4900, costMinor: 7000, returns: 'cancellation' })
  assert.deepEqual(amounts(next), [
    ['cancellation', -100],
    ['charge', 2100],
  ])
  assert.deepEqual(next.state, { billedMinor: 7000, waivedMinor: 0 })
})

test('settle refuses entries without a time that was billed, and to bill none where one was', () => {
  assert.throws(() => settled({ billedThroughBefore: null }), RangeError)
  assert.throws(() => settled({ billedThrough: null }), RangeError)
  const first = settled({
    entries: [],
    billedThroughBefore: null,
    billedThrough: null,
    costBeforeMinor: 0,
    costMinor: 0,
  })
  assert.deepEqual(first.added, [])
  assert.throws(() => settled({ entries: [], billedThroughBefore: null, billedThrough: null }), RangeError)
})

test('ledgerState adds up what was billed and what was waived', () => {
  assert.deepEqual(ledgerState([]), { billedMinor: 0, waivedMinor: 0 })
  const entries = [...billed, told('correction', 500, 2), told('waiver', -500, 3), told('refund', -100, 4)]
  assert.deepEqual(ledgerState(entries), { billedMinor: 4900, waivedMinor: 500 })
})
