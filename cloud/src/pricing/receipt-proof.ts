import type { ReceiptProof } from '@fairmile/contract/receipt.ts'
import { inclusionPath, receiptLeaf, toHex } from '@fairmile/models/pricing/merkle.ts'
import { and, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { receipts } from '../db/schema/pricing.ts'
import { hashBytes, leavesOf, rootOfDay } from './publish-roots.ts'

/** That a driver's receipt is in its day's tree; null where the driver has no such receipt, or the day's root is not published yet. */
export async function proveReceipt(
  db: Database,
  { driverId, receiptId }: { driverId: string; receiptId: string },
): Promise<ReceiptProof | null> {
  const [row] = await db
    .select({ rootDay: receipts.rootDay })
    .from(receipts)
    .where(and(eq(receipts.id, receiptId), eq(receipts.driverId, driverId)))
  const record = row?.rootDay ? await rootOfDay(db, row.rootDay) : null
  if (!record) return null
  const all = await leavesOf(db, record.day)
  const index = all.findIndex(({ id }) => id === receiptId)
  const leaves = all.map(({ salt, hash }) => receiptLeaf(salt, hash, hashBytes))
  return { receiptId, index, path: inclusionPath(leaves, index, hashBytes).map(toHex), record }
}
