import type { IssuerKey, Receipt, ReceiptProof } from '@fairmile/contract/receipt.ts'
import { canonicalJson } from '@fairmile/models/canonical-json.ts'
import { verifyProof } from '@fairmile/models/pricing/receipt-root.ts'
import type { Difference } from '@fairmile/models/pricing/verify.ts'
import { api } from './api.ts'
import { ApiError } from './api-error.ts'
import { checkSignature, sha256Bytes, sha256Hex } from './check-receipt.ts'

/** What the insurer has published of a receipt; null where there is none (yet). */
export interface ReceiptEvidence {
  keys: IssuerKey[] | null
  proof: ReceiptProof | null
}

/**
 * Fetches the published keys, and the proof that a receipt is in its day's tree, which is made when that day (UTC) is over; receipts of the first
 * format have none: with the keys it shows that nobody signed them.
 */
export async function receiptEvidence(receipt: Receipt, nowMs = Date.now()): Promise<ReceiptEvidence> {
  const hasProof = receipt.format === 'fairmile-receipt/2' && dayOf(receipt.issuedAt) < dayOf(nowMs)
  const [keys, proof] = await Promise.all([
    orNull(api.receiptKeys().then((published) => published.keys)),
    hasProof ? orNull(api.receiptProof(receipt.driverId, receipt.id)) : null,
  ])
  return { keys, proof }
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** The first thing that differs in a receipt's proof; null where it is in its day's tree. */
export function checkProof(receipt: Receipt, { keys, proof }: ReceiptEvidence): Difference | null {
  if (receipt.format === 'fairmile-receipt/1' || !proof) return null
  const { id, salt, issuedAt } = receipt
  const known = { hash: sha256Hex, hashBytes: sha256Bytes, checkSignature, keys }
  return verifyProof({ id, salt, issuedAt, hash: sha256Hex(canonicalJson(receipt)) }, proof, known)
}

/** What was asked for; null where the service has none, or does not answer: the price is checked without it. */
async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ApiError || error instanceof SyntaxError) return null
    throw error
  }
}
