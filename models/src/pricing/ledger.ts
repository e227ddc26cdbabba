import type { LedgerEntry, LedgerKind, ReceiptStep, ReceiptV2 } from '@fairmile/contract/receipt.ts'

/** Where a ledger stands, minor units. */
export interface LedgerState {
  /** What the driver is asked for: charges less what came back. */
  billedMinor: number
  /** What the time billed costs beyond that, and nobody asks for. */
  waivedMinor: number
}

/** What an entry adds to. */
const billing: ReadonlySet<LedgerKind> = new Set(['charge', 'refund', 'cancellation', 'endorsement'])

/** Where a ledger stands after its entries. */
export function ledgerState(entries: readonly Pick<LedgerEntry, 'kind' | 'amountMinor'>[]): LedgerState {
  const state = { billedMinor: 0, waivedMinor: 0 }
  for (const { kind, amountMinor } of entries) {
    if (billing.has(kind)) state.billedMinor += amountMinor
    if (kind === 'correction') state.waivedMinor += amountMinor
  }
  return state
}

/** What is wrong with how far a ledger is billed: entries are of a time that was billed, and none becomes unbilled; null where nothing is. */
export function timeProblem({
  entries,
  billedThroughBefore,
  billedThrough,
}: Pick<Settlement, 'entries' | 'billedThroughBefore' | 'billedThrough'>): string | null {
  if (billedThroughBefore === null)
    return entries.length > 0 ? `${entries.length} entries, and no time was billed before` : null
  return billedThrough === null ? 'time was billed before, and no time is billed afterwards' : null
}

/** What a ledger is continued with. */
export interface Settlement {
  /** Entries to date. */
  entries: readonly LedgerEntry[]
  billedThroughBefore: number | null
  /** End of the time billed afterwards: the same, or the end of a period that is billed now. */
  billedThrough: number | null
  /** Which kind gives money back. */
  returns: ReceiptV2['ledger']['returns']
  /** What the time billed before, and afterwards, costs by all that is known now, minor units. */
  costBeforeMinor: number
  costMinor: number
  premiumMinor: number
}

/**
 * Continues a policy's ledger: what the time billed costs more than was billed for it is waived, what it costs less is given back at once,
 * and a period that ends is charged. Nothing ever raises what was billed for a time.
 *
 * Afterwards billed + waived is what the time billed costs.
 * @returns the new entries and their steps; no entry where nothing is to be done
 * @throws RangeError for entries, or a cost, of a time that was not billed
 */
export function settle(input: Settlement): { added: LedgerEntry[]; steps: ReceiptStep[]; state: LedgerState } {
  const { entries, billedThroughBefore, billedThrough, costBeforeMinor, costMinor } = input
  const problem = timeProblem(input)
  if (problem) throw new RangeError(`settling a ledger: ${problem}`)
  const before = ledgerState(entries)
  const corrected = costBeforeMinor - before.billedMinor - before.waivedMinor
  // What falls is first what was waived; the rest is money.
  const waived = Math.max(corrected, -before.waivedMinor)
  const returned = corrected - waived
  const charged = costMinor - costBeforeMinor
  const added: LedgerEntry[] = []
  const add = (kind: LedgerKind, amountMinor: number, throughAt: number | null): void => {
    if (amountMinor === 0) return
    if (throughAt === null)
      throw new RangeError(`settling a ledger: a ${kind} of ${amountMinor}, and no time is billed`)
    added.push({ seq: entries.length + added.length + 1, kind, amountMinor, throughAt, receiptId: null })
  }
  add('correction', waived, billedThroughBefore)
  add('waiver', -waived, billedThroughBefore)
  add(input.returns, returned, billedThroughBefore)
  add('charge', charged, billedThrough)
  const state = {
    billedMinor: before.billedMinor + returned + charged,
    waivedMinor: before.waivedMinor + waived,
  }
  const steps: ReceiptStep[] = []
  const step = (name: string, formula: string, value: number): void => {
    steps.push({ name, unit: 'minor', formula, value })
  }
  step('billed_before', 'Σ charges less what came back, at the receipts before', before.billedMinor)
  step('waived_before', 'Σ corrections at the receipts before', before.waivedMinor)
  step('cost_of_billed', 'the premium at the end of the time billed before, by all that is known now', costBeforeMinor)
  step('waived_now', 'max(cost_of_billed − billed_before − waived_before, −waived_before): never asked for', waived)
  step('returned_now', 'cost_of_billed − billed_before − waived_before − waived_now: given back at once', returned)
  step('charged_now', 'what the periods that are billed now add to cost_of_billed', charged)
  step('billed', 'billed_before + returned_now + charged_now', state.billedMinor)
  step('waived', 'waived_before + waived_now', state.waivedMinor)
  step('to_be_billed', 'premium − billed − waived', input.premiumMinor - state.billedMinor - state.waivedMinor)
  return { added, steps, state }
}
