import { sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { rewardTransactions } from '../db/schema/rewards.ts'

/** A movement of points: between a driver's account and those of the house, adding up to zero. */
export interface RewardPosting {
  accountId: number
  kind: (typeof rewardTransactions.$inferInsert)['kind']
  /** What it is for, and the how manieth of that cause it is. */
  cause: string
  part: number
  entries: readonly { account: 'driver' | 'issuer' | 'goodwill' | 'redeemed'; points: number }[]
  at: Date
  catalogue: string
  /** By whom and why, where a person made it. */
  by?: { userId: string; reason: string }
}

/** Posts to the ledger, in the transaction that locked the account. @returns number of the ledger's transaction */
export async function post(tx: Database, posting: RewardPosting): Promise<number> {
  const { accountId, kind, cause, part, entries, at, catalogue, by } = posting
  const [made] = await tx
    .insert(rewardTransactions)
    .values({
      ...{ accountId, kind, cause, part, catalogue, madeAt: at },
      ...{ madeBy: by?.userId ?? null, reason: by?.reason ?? null },
    })
    .returning({ id: rewardTransactions.id })
  if (!made) throw new Error(`posting "${cause}" returned no number`)
  await tx.execute(sql`
    INSERT INTO reward_entries (transaction_id, account_id, points)
    SELECT ${made.id}::bigint, CASE WHEN given.account = 'driver' THEN ${accountId}::bigint ELSE house.id END, given.points
    FROM jsonb_to_recordset(${JSON.stringify(entries)}::text::jsonb) AS given (account text, points bigint)
    LEFT JOIN reward_accounts house ON house.kind = given.account AND house.kind <> 'driver'`)
  return made.id
}
