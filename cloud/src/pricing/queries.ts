import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import type { Premium, ReceiptSummary } from '@fairmile/contract/http/pricing.ts'
import { and, desc, eq, getTableColumns, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { premiums, receipts } from '../db/schema/pricing.ts'
import { presentFirst, pricedPolicy } from '../drivers/present-policy.ts'
import { decodeCursor, momentOf, toPage } from '../http/page.ts'
import { wholeText } from './receipt-text.ts'

const {
  eventId: _eventId,
  version: _version,
  trips: _trips,
  tripsHash: _hash,
  ...premiumColumns
} = getTableColumns(premiums)

/**
 * The newest premium of a driver's policy; null where it was never priced, was voided before it began, or is another's.
 *
 * @param which the policy, or the UTC day on which it is the driver's: see `pricedPolicy`
 */
export async function newestPremium(
  db: Database,
  driverId: string,
  which: { policyId: string } | { day: string },
): Promise<Premium | null> {
  const policyId = 'day' in which ? await pricedPolicy(db, driverId, which.day) : which.policyId
  if (policyId === null) return null
  const [row] = await db
    .select(premiumColumns)
    .from(premiums)
    .innerJoin(policies, and(eq(policies.id, premiums.policyId), ne(policies.state, 'voided')))
    .where(and(eq(premiums.policyId, policyId), eq(premiums.driverId, driverId)))
    .orderBy(desc(premiums.version))
    .limit(1)
  return row ? { ...row, calculatedAt: row.calculatedAt.toISOString() } : null
}

/**
 * The newest premium of the policy that `pricedPolicy` gives today, as a subquery for joins: `policy_id`, `premium_minor` and `currency`.
 *
 * @param driverId an SQL expression
 */
export const newestPremiumOf = (driverId: SQL): SQL => sql`(
    SELECT newest.policy_id, newest.premium_minor, newest.currency FROM policies present JOIN LATERAL (
      SELECT policy_id, premium_minor, currency FROM premiums WHERE policy_id = present.id ORDER BY version DESC LIMIT 1
    ) newest ON true
    WHERE present.driver_id = ${driverId} AND present.state <> 'voided' ORDER BY ${presentFirst('present')} LIMIT 1
  )`

/** A page of a driver's receipts, the newest first. */
export async function listReceipts(
  db: Database,
  driverId: string,
  { cursor, limit }: PageQuery,
): Promise<Page<ReceiptSummary>> {
  const after = decodeCursor(cursor, 2)
  const issuedAt = after && momentOf(after[0])
  const rows = await db
    .select({
      id: receipts.id,
      policyId: receipts.policyId,
      issuedAt: receipts.issuedAt,
      currency: premiums.currency,
      premiumMinor: premiums.premiumMinor,
      discountPpm: premiums.discountPpm,
      hash: receipts.hash,
    })
    .from(receipts)
    .innerJoin(premiums, eq(premiums.receiptId, receipts.id))
    .where(
      and(
        eq(receipts.driverId, driverId),
        after && issuedAt
          ? or(lt(receipts.issuedAt, issuedAt), and(eq(receipts.issuedAt, issuedAt), lt(receipts.id, after[1] ?? '')))
          : undefined,
      ),
    )
    .orderBy(desc(receipts.issuedAt), desc(receipts.id))
    .limit(limit + 1)
  return toPage(rows, {
    limit,
    keyOf: (row) => [row.issuedAt.toISOString(), row.id],
    itemOf: (row) => ({ ...row, issuedAt: row.issuedAt.toISOString() }),
  })
}

/** A receipt as it was issued: canonical JSON and its SHA-256 in hex; null where the driver has no such receipt. */
export async function getReceipt(
  db: Database,
  { driverId, receiptId }: { driverId: string; receiptId: string },
): Promise<{ body: string; hash: string } | null> {
  const [row] = await db
    .select({ body: wholeText, hash: receipts.hash })
    .from(receipts)
    .where(and(eq(receipts.id, receiptId), eq(receipts.driverId, driverId)))
  return row ?? null
}
