import { eq, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { rewardAccounts } from '../db/schema/rewards.ts'

/** An account of points as it is now. */
export interface RewardAccount {
  id: number
  balance: number
}

/** A driver's account, locked until the transaction ends; opened where there is none. */
export async function lockAccount(tx: Database, driverId: string): Promise<RewardAccount> {
  await tx.insert(rewardAccounts).values({ kind: 'driver', driverId }).onConflictDoNothing()
  const [account] = await tx
    .select({ id: rewardAccounts.id, balance: rewardAccounts.balance })
    .from(rewardAccounts)
    .where(eq(rewardAccounts.driverId, driverId))
    .for('update')
  if (!account) throw new Error(`opening the account of points of "${driverId}": it is not there`)
  return account
}

/** A driver's account; null where none was opened. */
export async function accountOf(db: Database, driverId: string): Promise<RewardAccount | null> {
  const { id, balance } = rewardAccounts
  const [account] = await db.select({ id, balance }).from(rewardAccounts).where(eq(rewardAccounts.driverId, driverId))
  return account ?? null
}

/** What was posted by the rules for each of some causes of an account: paid by the issuer, borne by goodwill, and in how many parts. */
export async function causesOf(
  tx: Database,
  accountId: number,
  causes: readonly string[],
): Promise<Map<string, { issued: number; borne: number; parts: number }>> {
  const rows = await selectRows<{ cause: string; issued: number; borne: number; parts: number }>(
    tx,
    sql`
      SELECT t.cause, max(t.part) AS parts,
        (-coalesce(sum(e.points) FILTER (WHERE a.kind = 'issuer'), 0))::int AS issued,
        (-coalesce(sum(e.points) FILTER (WHERE a.kind = 'goodwill'), 0))::int AS borne
      FROM reward_transactions t
      JOIN reward_entries e ON e.transaction_id = t.id
      JOIN reward_accounts a ON a.id = e.account_id
      WHERE t.account_id = ${accountId} AND t.cause = ANY(${sql.param(causes)}::text[]) AND t.kind IN ('week', 'milestone', 'challenge')
      GROUP BY t.cause`,
  )
  return new Map(rows.map(({ cause, ...sums }) => [cause, sums]))
}
