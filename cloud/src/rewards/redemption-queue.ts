import type { Page } from '@fairmile/contract/http/page.ts'
import type { AdminRedemption, RedemptionQuery } from '@fairmile/contract/http/rewards.ts'
import type { RedemptionKind } from '@fairmile/contract/reward-catalogue.ts'
import { and, asc, desc, eq, gt, lt, or, type SQL } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { drivers } from '../db/schema/people.ts'
import { rewardAccounts, rewardRedemptions } from '../db/schema/rewards.ts'
import { decodeCursor, momentOf, toPage } from '../http/page.ts'

/** A redemption as admins see it; null where there is none. */
export async function redemptionOf(db: Database, id: string): Promise<AdminRedemption | null> {
  const [row] = await read(db, eq(rewardRedemptions.id, id))
  return row ? told(row) : null
}

/** A page of redemptions of a state: what waits longest first, of those that are settled the newest first. */
export async function listRedemptions(
  db: Database,
  { cursor, limit, state }: RedemptionQuery,
): Promise<Page<AdminRedemption>> {
  const after = decodeCursor(cursor, 2)
  const at = after && momentOf(after[0])
  const { madeAt, id } = rewardRedemptions
  const [order, further] = state === 'open' ? [asc, gt] : [desc, lt]
  const later = after && at && or(further(madeAt, at), and(eq(madeAt, at), further(id, after[1] ?? '')))
  const rows = await read(db, and(eq(rewardRedemptions.state, state), later))
    .orderBy(order(madeAt), order(id))
    .limit(limit + 1)
  return toPage(rows, {
    limit,
    keyOf: ({ redemption: { madeAt: made, id: of } }) => [made.toISOString(), of],
    itemOf: told,
  })
}

const read = (db: Database, which: SQL | undefined) =>
  db
    .select({ redemption: rewardRedemptions, driverId: rewardAccounts.driverId, driverName: drivers.name })
    .from(rewardRedemptions)
    .innerJoin(rewardAccounts, eq(rewardAccounts.id, rewardRedemptions.accountId))
    .leftJoin(drivers, eq(drivers.id, rewardAccounts.driverId))
    .where(which)
    .$dynamic()

function told({ redemption, driverId, driverName }: Awaited<ReturnType<typeof read>>[number]): AdminRedemption {
  const { id, offerId, title, points, valueMinor, currency, state, settledBy, reason } = redemption
  return {
    ...{ id, driverId, driverName, offerId, title, points, valueMinor, currency, state, settledBy, reason },
    kind: redemption.kind as RedemptionKind,
    madeAt: redemption.madeAt.toISOString(),
    settledAt: redemption.settledAt?.toISOString() ?? null,
  }
}
