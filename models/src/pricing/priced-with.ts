import type { Receipt, ReceiptV2 } from '@fairmile/contract/receipt.ts'

/** What is needed of a receipt to price by it. */
export type PricedReceipt = Pick<Receipt, 'plan' | 'rated' | 'renewedFrom' | 'term' | 'model'> &
  Partial<Pick<ReceiptV2, 'arithmetic' | 'carried' | 'endorsementOf'>>

/** What a receipt was priced with beside what was driven: what else would have been driven is priced by its terms with this. */
export function pricedWith({
  plan,
  rated,
  renewedFrom,
  term: { days },
  model: { baseMargin, coverageSlopes },
  arithmetic,
  carried,
  endorsementOf,
}: PricedReceipt) {
  return {
    ...{ plan, rated, renewedFrom, endorsementOf, days, baseMargin, coverageSlopes },
    arithmetic: arithmetic ?? (1 as const),
    carriedPpm: carried?.relativityPpm,
  }
}
