import type { Page } from '@fairmile/contract/http/page.ts'
import type { ReceiptSummary } from '@fairmile/contract/http/pricing.ts'
import type { Receipt, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { ledgerShownBy } from '@fairmile/models/pricing/ledger-before.ts'
import { restsOnBefore } from '@fairmile/models/pricing/verify.ts'
import { api } from './api.ts'
import { ApiError } from './api-error.ts'

/** More receipts before are not fetched for one check: a receipt of a year's trips has up to a megabyte. */
const mostBefore = 50

/** Pages of a driver's receipts that are read at most to find those before one: a thousand, of years. */
const mostPages = 10

/**
 * The receipts before one: newest first as far back as its premium rests on, or those that a term, policy or ledger goes on from, and those that show
 * whether one was left out; without those that are not there.
 */
export async function receiptsBefore(receipt: Receipt): Promise<Receipt[]> {
  if (receipt.format === 'fairmile-receipt/2') return goneOnFrom(receipt)
  const found: Receipt[] = []
  let { before } = receipt
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

async function goneOnFrom(receipt: ReceiptV2): Promise<Receipt[]> {
  const { driverId, carried, renewedFrom, endorsementOf } = receipt
  const named = [carried?.receiptId, renewedFrom?.receiptId, endorsementOf?.factors?.receiptId, ledgerShownBy(receipt)]
  const ids = new Set([...named.filter((id) => typeof id === 'string'), ...(await newestBefore(receipt))])
  const found = await Promise.all([...ids].map((id) => receiptOrNull(driverId, id)))
  return found.filter((receipt) => receipt !== null)
}

/** The newest receipts up to one's issue, of its policy and of the one that became it: whatever it names or leaves out, the service lists them. */
async function newestBefore({ id, driverId, policyId, endorsementOf, issuedAt }: ReceiptV2): Promise<string[]> {
  const wanted = new Set([policyId, ...(endorsementOf ? [endorsementOf.policyId] : [])])
  const found: string[] = []
  let cursor: string | null = null
  for (let read = 0; read < mostPages && wanted.size > 0; read += 1) {
    const page: Page<ReceiptSummary> = await api.receipts(driverId, { cursor, limit: 100 })
    for (const listed of page.items)
      if (listed.id !== id && Date.parse(listed.issuedAt) <= issuedAt && wanted.delete(listed.policyId))
        found.push(listed.id)
    cursor = page.nextCursor
    if (cursor === null) break
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
