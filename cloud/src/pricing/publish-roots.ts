import { createHash } from 'node:crypto'
import type { ReceiptRoot } from '@fairmile/contract/receipt.ts'
import { canonicalJson } from '@fairmile/models/canonical-json.ts'
import type { Issuer } from '@fairmile/models/pricing/receipt.ts'
import { issueRoot, rootHash } from '@fairmile/models/pricing/receipt-root.ts'
import { and, asc, desc, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { type Database, selectRows, type Transaction } from '../db/database.ts'
import { receiptRoots } from '../db/schema/ledger.ts'
import { receipts } from '../db/schema/pricing.ts'
import { keepTree } from './receipt-tree.ts'

const dayMs = 86_400_000

interface PublishOptions {
  readonly issuer: Issuer
  readonly nowMs: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Publishes the root of each day that is over and has none yet, the oldest first; gives how many. Days without receipts have one too, so
 * that none can be slipped in later.
 *
 * A receipt that was committed after its day's root is in the next one: each is in exactly one.
 */
export async function publishRoots(db: Database, options: PublishOptions): Promise<{ days: number }> {
  let days = 0
  while (await db.transaction((tx) => publishNext(tx, options))) {
    options.signal?.throwIfAborted()
    days += 1
  }
  return { days }
}

async function publishNext(tx: Transaction, { issuer, nowMs }: PublishOptions): Promise<boolean> {
  await tx.execute(sql`LOCK TABLE receipt_roots IN EXCLUSIVE MODE`)
  const [last] = await tx.select().from(receiptRoots).orderBy(desc(receiptRoots.day)).limit(1)
  const day = last ? dayOf(Date.parse(last.day) + dayMs) : await firstDay(tx)
  if (day === null || Date.parse(day) + dayMs > nowMs) return false
  const isDue = and(isNotNull(receipts.salt), isNull(receipts.rootDay), lt(receipts.issuedAt, endOf(day)))
  await tx.update(receipts).set({ rootDay: day }).where(isDue)
  const due = await leavesOf(tx, day)
  const record = issueRoot({
    ...{ day, receipts: due, previous: last?.recordHash ?? null, issuer },
    ...{ hash: sha256, hashBytes },
  })
  const { leaves, root } = record
  await tx.insert(receiptRoots).values({
    ...{ day, leaves, root, recordHash: rootHash(record, sha256) },
    ...{ record: canonicalJson(record), publishedAt: new Date(nowMs) },
  })
  await keepTree(tx, day, due, hashBytes)
  return true
}

/** The receipts of a day's tree, in their order. */
export async function leavesOf(tx: Database, day: string): Promise<{ id: string; salt: string; hash: string }[]> {
  const { id, salt, hash } = receipts
  const rows = await tx.select({ id, salt, hash }).from(receipts).where(eq(receipts.rootDay, day)).orderBy(asc(id))
  return rows.map((row) => ({ ...row, salt: row.salt ?? '' }))
}

/** A day's signed record; null where it is not published. */
export async function rootOfDay(db: Database, day: string): Promise<ReceiptRoot | null> {
  const [row] = await db.select({ record: receiptRoots.record }).from(receiptRoots).where(eq(receiptRoots.day, day))
  return row ? (JSON.parse(row.record) as ReceiptRoot) : null
}

async function firstDay(tx: Transaction): Promise<string | null> {
  const [row] = await selectRows<{ day: string | null }>(
    tx,
    sql`SELECT to_char(min(issued_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day FROM receipts
      WHERE salt IS NOT NULL AND root_day IS NULL`,
  )
  return row?.day ?? null
}

export const hashBytes = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
const endOf = (day: string): Date => new Date(Date.parse(day) + dayMs)
