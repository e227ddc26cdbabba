import type { LedgerEntry, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { asc, eq } from 'drizzle-orm'
import type { Transaction } from '../db/database.ts'
import { premiumEntries } from '../db/schema/ledger.ts'

/** A policy's ledger to date, with its balance. */
export async function readLedger(
  tx: Transaction,
  policyId: string,
): Promise<{ entries: LedgerEntry[]; balanceMinor: number }> {
  const { seq, kind, amountMinor, throughDay, receiptId, balanceMinor } = premiumEntries
  const rows = await tx
    .select({ seq, kind, amountMinor, throughDay, receiptId, balanceMinor })
    .from(premiumEntries)
    .where(eq(premiumEntries.policyId, policyId))
    .orderBy(asc(seq))
  const entries = rows.map(({ throughDay: day, balanceMinor: _, ...row }) => ({ ...row, throughAt: Date.parse(day) }))
  return { entries, balanceMinor: rows.at(-1)?.balanceMinor ?? 0 }
}

/** Writes what a receipt adds to its policy's ledger. */
export async function writeEntries(
  tx: Transaction,
  receipt: ReceiptV2,
  { balanceMinor, ...about }: { balanceMinor: number; cause: string; correlationId: string; recordedAt: Date },
): Promise<void> {
  let balance = balanceMinor
  const { id: receiptId, policyId, driverId, currency } = receipt
  const rows = receipt.ledger.entries
    .filter((entry) => entry.receiptId === null)
    .map(({ seq, kind, amountMinor, throughAt }) => {
      balance += amountMinor
      const throughDay = new Date(throughAt).toISOString().slice(0, 10)
      const row = { policyId, driverId, currency, receiptId, seq, kind, amountMinor, throughDay }
      return { ...row, ...about, balanceMinor: balance }
    })
  if (rows.length > 0) await tx.insert(premiumEntries).values(rows)
}
