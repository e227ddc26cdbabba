import type { ReceiptProof } from '@fairmile/contract/receipt.ts'
import { and, count, eq, lt } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { receipts } from '../db/schema/pricing.ts'
import { hashBytes, leavesOf, rootOfDay } from './publish-roots.ts'
import { keepTree, pathInTree } from './receipt-tree.ts'

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
  const { day, leaves: size } = record
  const [before] = await db
    .select({ index: count() })
    .from(receipts)
    .where(and(eq(receipts.rootDay, day), lt(receipts.id, receiptId)))
  const index = before?.index ?? 0
  const path = (await pathInTree(db, { day, size, index })) ?? (await pathAnew(db, { day, size, index }))
  return { receiptId, index, path, record }
}

/** Of a day that was published before its nodes were kept. */
async function pathAnew(db: Database, of: { day: string; size: number; index: number }): Promise<string[]> {
  await keepTree(db, of.day, await leavesOf(db, of.day), hashBytes)
  const path = await pathInTree(db, of)
  if (!path) throw new Error(`Proving a receipt of ${of.day}: its tree is not there`)
  return path
}
