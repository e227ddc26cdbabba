import type { LedgerEntry, Receipt, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { canonicalJson } from '../canonical-json.ts'
import { issuerChecks } from './issuer-checks.ts'
import { type Check, type Known, needed } from './known.ts'
import { receiptId, sealOf } from './receipt.ts'

/** That a receipt that was given beside the one that is checked is whole and signed by its issuer. */
export function* wholeChecks(from: Receipt, known: Known): Generator<Check> {
  yield { step: 'receipt before: seal', expected: sealOf(from, known.hash), found: from.seal }
  yield { step: 'receipt before: id', expected: receiptId(from.seal), found: from.id }
  if (from.format !== 'fairmile-receipt/2') return
  for (const check of issuerChecks(from, known)) yield { ...check, step: `receipt before: ${check.step}` }
}

/**
 * That the entries of a receipt are those of the other receipts of its policy, as far as these are at hand: a ledger is only ever continued, so of two
 * the shorter is how the longer begins, and what came with one of them is in both the same.
 */
export function* ledgerBeforeChecks(receipt: ReceiptV2, known: Known): Generator<Check> {
  const own = entriesOf(receipt)
  for (const from of ofPolicy(receipt, known)) {
    yield* wholeChecks(from, known)
    const theirs = entriesOf(from)
    const shared = Math.min(own.length, theirs.length)
    const begin = (entries: readonly LedgerEntry[]): string => canonicalJson(entries.slice(0, shared))
    yield { step: `entries of ${from.id} and before`, expected: begin(theirs), found: begin(own) }
    const more = [
      ...own.slice(shared).filter((entry) => entry.receiptId === from.id),
      ...theirs.slice(shared).filter((entry) => entry.receiptId === receipt.id),
    ]
    yield needed(`entries that came with ${from.id}`, more.length === 0, {
      expected: 'those that it holds, and no more',
      found: canonicalJson(more),
    })
  }
}

/** The receipt that shows all entries of a ledger but those of its newest receipt; null where there are none. */
export function ledgerShownBy({ ledger }: Pick<ReceiptV2, 'ledger'>): string | null {
  return ledger.entries.findLast(({ receiptId }) => receiptId !== null)?.receiptId ?? null
}

/** Other receipts of a receipt's policy that are at hand. */
export const ofPolicy = ({ id, policyId }: ReceiptV2, { before }: Known): ReceiptV2[] =>
  before.filter(
    (from): from is ReceiptV2 => from.format === 'fairmile-receipt/2' && from.policyId === policyId && from.id !== id,
  )

/** Entries with the receipt that each came with. */
const entriesOf = ({ id, ledger }: ReceiptV2): LedgerEntry[] =>
  ledger.entries.map((entry) => ({ ...entry, receiptId: entry.receiptId ?? id }))
