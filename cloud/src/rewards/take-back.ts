import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import type { rewardTransactions } from '../db/schema/rewards.ts'
import { post, type RewardPosting } from './post.ts'

interface Borne extends Record<string, unknown> {
  cause: string
  kind: (typeof rewardTransactions.$inferSelect)['kind']
  parts: number
  /** Points. */
  borne: number
}

/**
 * Takes back, of points that come back to an account, what goodwill bears because they had been spent: as if they never had. What it bore before
 * they were spent stays borne.
 *
 * @param since number of the ledger's transaction that spent them
 * @returns the points that it took
 */
export async function takeBack(
  tx: Database,
  {
    points,
    since,
    ...common
  }: Pick<RewardPosting, 'accountId' | 'at' | 'catalogue'> & { points: number; since: number },
): Promise<number> {
  let left = points
  for (const { cause, kind, parts, borne } of await borneSince(tx, common.accountId, since)) {
    const taken = Math.min(borne, left)
    if (taken === 0) break
    await post(tx, {
      ...{ ...common, kind, cause, part: parts + 1 },
      entries: [
        { account: 'driver', points: -taken },
        { account: 'goodwill', points: taken },
      ],
    })
    left -= taken
  }
  return points - left
}

/** What goodwill came to bear of an account's causes since a transaction, and bears now; the newest first. */
async function borneSince(tx: Database, accountId: number, since: number): Promise<Borne[]> {
  return selectRows<Borne>(
    tx,
    sql`
      SELECT cause, kind, parts, least(bears, came)::int AS borne FROM (
        SELECT t.cause, min(t.kind) AS kind, max(t.part) AS parts, max(t.id) AS newest,
          -sum(e.points) FILTER (WHERE a.id IS NOT NULL) AS bears,
          -sum(e.points) FILTER (WHERE a.id IS NOT NULL AND e.points < 0 AND t.id > ${since}) AS came
        FROM reward_transactions t
        JOIN reward_entries e ON e.transaction_id = t.id
        LEFT JOIN reward_accounts a ON a.id = e.account_id AND a.kind = 'goodwill'
        WHERE t.account_id = ${accountId} AND t.kind IN ('week', 'milestone', 'challenge')
        GROUP BY t.cause) causes
      WHERE bears > 0 AND came > 0
      ORDER BY newest DESC`,
  )
}
