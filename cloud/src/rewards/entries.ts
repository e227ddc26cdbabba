import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import type { RewardEntry } from '@fairmile/contract/http/rewards.ts'
import { and, desc, eq, lt } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { rewardAccounts, rewardEntries, rewardTransactions } from '../db/schema/rewards.ts'
import { decodeCursor, numberOf, toPage } from '../http/page.ts'

/** The movements on a driver's account, the newest first. */
export async function listEntries(
  db: Database,
  driverId: string,
  { cursor, limit }: PageQuery,
): Promise<Page<RewardEntry>> {
  const [after] = decodeCursor(cursor, 1) ?? []
  const { kind, cause, part, reason, madeAt } = rewardTransactions
  const rows = await db
    .select({ id: rewardEntries.id, points: rewardEntries.points, kind, cause, part, reason, madeAt })
    .from(rewardEntries)
    .innerJoin(rewardTransactions, eq(rewardTransactions.id, rewardEntries.transactionId))
    .innerJoin(rewardAccounts, eq(rewardAccounts.id, rewardEntries.accountId))
    .where(
      and(
        eq(rewardAccounts.driverId, driverId),
        after === undefined ? undefined : lt(rewardEntries.id, numberOf(after)),
      ),
    )
    .orderBy(desc(rewardEntries.id))
    .limit(limit + 1)
  return toPage(rows, {
    limit,
    keyOf: ({ id }) => [String(id)],
    itemOf: ({ id, madeAt: at, ...row }) => ({ ...row, id: String(id), at: at.toISOString() }),
  })
}
