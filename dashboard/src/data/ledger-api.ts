import type { PremiumEntry } from '@fairmile/contract/http/ledger.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import type { ReceiptKeys } from '@fairmile/contract/http/receipt-roots.ts'
import type { ReceiptProof } from '@fairmile/contract/receipt.ts'
import { answer, client } from './client.ts'
import { of, type PageOf, pageOf, until } from './parameters.ts'

const { GET } = client

/** Bills, and what proves who issued a receipt. */
export const ledgerApi = {
  ledger: (policyId: string, page: PageOf = {}, signal?: AbortSignal): Promise<Page<PremiumEntry>> =>
    answer(GET('/api/v1/policies/{policyId}/ledger', pageOf({ policyId }, page, signal))),
  receiptKeys: (signal?: AbortSignal): Promise<ReceiptKeys> =>
    answer(GET('/.well-known/fairmile-receipt-keys.json', until(signal))),
  receiptProof: (driverId: string, receiptId: string, signal?: AbortSignal): Promise<ReceiptProof> =>
    answer(GET('/api/v1/drivers/{driverId}/receipts/{receiptId}/proof', of({ driverId, receiptId }, signal))),
}
