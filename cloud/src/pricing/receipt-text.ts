import { createHash } from 'node:crypto'
import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { canonicalJson } from '@fairmile/models/canonical-json.ts'
import { eq, type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { receipts, receiptTrips } from '../db/schema/pricing.ts'

/** A receipt's text as it is stored. */
export type StoredText = Pick<typeof receipts.$inferInsert, 'stem' | 'tripsAt' | 'tripIds'>

/**
 * Parts a receipt's text from its trips and stores those of them that no receipt of the policy has told like this. A term of 730 trips tells
 * 450 kB: stored whole, each of its receipts would cost that again.
 *
 * @param body canonical JSON, with these trips in it
 */
export async function storeTexts(
  tx: Database,
  { policyId, body, trips }: { policyId: string; body: string; trips: readonly ReceiptTrip[] },
): Promise<StoredText> {
  const told = trips.map((trip) => canonicalJson(trip))
  const whole = told.join(',')
  const at = body.indexOf(`"trips":[${whole}]`) + '"trips":['.length
  const head = body.slice(0, at)
  if (told.length === 0 || head + whole !== body.slice(0, at + whole.length)) return { stem: body }
  return {
    stem: head + body.slice(at + whole.length),
    // PostgreSQL counts characters, not UTF-16 units.
    tripsAt: [...head].length,
    tripIds: await idsOf(tx, policyId, told),
  }
}

/** The numbers of these texts, in their order; who stores them holds the policy. */
async function idsOf(tx: Database, policyId: string, told: readonly string[]): Promise<number[]> {
  const known = new Map<string, number>()
  const rows = await tx
    .select({ id: receiptTrips.id, digest: receiptTrips.digest })
    .from(receiptTrips)
    .where(eq(receiptTrips.policyId, policyId))
  for (const { id, digest } of rows) known.set(digest.toString('hex'), id)
  const named = told.map((text) => ({ text, digest: createHash('sha256').update(text).digest('hex') }))
  const fresh = new Map<string, string>()
  for (const { text, digest } of named) if (!known.has(digest)) fresh.set(digest, text)
  const stored = await selectRows<{ id: string; digest: string }>(
    tx,
    sql`
      INSERT INTO receipt_trips (policy_id, digest, told)
      SELECT ${policyId}, decode(digest, 'hex'), told
      FROM unnest(${sql.param([...fresh.keys()])}::text[], ${sql.param([...fresh.values()])}::text[]) AS fresh (digest, told)
      RETURNING id::text, encode(digest, 'hex') AS digest`,
  )
  for (const { id, digest } of stored) known.set(digest, Number(id))
  return named.map(({ digest }) => known.get(digest) ?? Number.NaN)
}

/** The text of a row of `receipts` as it was issued, byte for byte. */
export const wholeText: SQL<string> = sql<string>`
  CASE WHEN ${receipts.tripsAt} IS NULL THEN ${receipts.stem}
  ELSE left(${receipts.stem}, ${receipts.tripsAt})
    || (SELECT string_agg(told.told, ',' ORDER BY named.place)
        FROM unnest(${receipts.tripIds}) WITH ORDINALITY AS named (id, place) JOIN receipt_trips AS told ON told.id = named.id)
    || substr(${receipts.stem}, ${receipts.tripsAt} + 1) END`
