import type { PremiumEntry } from '@fairmile/contract/http/ledger.ts'
import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import { and, desc, eq, getTableColumns, lt } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { premiumEntries } from '../db/schema/ledger.ts'
import { decodeCursor, largestInteger, numberOf, toPage } from '../http/page.ts'

const { policyId: _policy, driverId: _driver, cause: _cause, ...columns } = getTableColumns(premiumEntries)

/** A page of a policy's ledger, the newest entry first. */
export async function listEntries(
  db: Database,
  policyId: string,
  { cursor, limit }: PageQuery,
): Promise<Page<PremiumEntry>> {
  const after = decodeCursor(cursor, 1)
  const rows = await db
    .select(columns)
    .from(premiumEntries)
    .where(
      and(
        eq(premiumEntries.policyId, policyId),
        after ? lt(premiumEntries.seq, numberOf(after[0], largestInteger)) : undefined,
      ),
    )
    .orderBy(desc(premiumEntries.seq))
    .limit(limit + 1)
  return toPage(rows, {
    limit,
    keyOf: ({ seq }) => [String(seq)],
    itemOf: (row) => ({ ...row, recordedAt: row.recordedAt.toISOString() }),
  })
}
