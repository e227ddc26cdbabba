import type { Receipt } from '@fairmile/contract/receipt.ts'
import { restsOnBefore } from '@fairmile/models/pricing/verify.ts'
import { api } from './api.ts'
import { ApiError } from './api-error.ts'

/** More receipts before are not fetched for one check: a receipt of a year's trips has up to a megabyte. */
const mostBefore = 50

/** The receipts before one, newest first, as far back as its premium rests on; it ends early where there is none of an id. */
export async function receiptsBefore(receipt: Receipt): Promise<Receipt[]> {
  const found: Receipt[] = []
  let before = receipt.format === 'fairmile-receipt/1' ? receipt.before : null
  let rests = restsOnBefore(receipt)
  while (before && found.length < mostBefore) {
    const previous = await receiptOrNull(receipt.driverId, before.receiptId)
    if (!previous) break
    found.push(previous)
    rests &&= restsOnBefore(previous)
    before = rests && previous.format === 'fairmile-receipt/1' ? previous.before : null
  }
  return found
}

async function receiptOrNull(driverId: string, id: string): Promise<Receipt | null> {
  try {
    return await api.receipt(driverId, id)
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'missing') return null
    throw error
  }
}
