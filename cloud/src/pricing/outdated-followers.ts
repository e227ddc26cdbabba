import { isDeepStrictEqual } from 'node:util'
import type { RenewedFrom } from '@fairmile/contract/rating-plan.ts'
import type { EndorsementOf, ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { and, asc, desc, eq, ne, or, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { premiums, receipts } from '../db/schema/pricing.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import { termInputs } from './term-inputs.ts'

/**
 * Policies that go on from another and were priced from a start that its newest receipt gives no more, as after late trips or a ruling: what became of it
 * within its term, or the term after. One without a price yet has nothing to put right.
 */
export async function outdatedFollowers(
  db: Database,
  plans: PlanSource,
  policy: typeof policies.$inferSelect,
): Promise<string[]> {
  const { id, driverId, vehicleId, endsOn } = policy
  const isNext = and(eq(policies.vehicleId, vehicleId), eq(policies.startsOn, sql`${endsOn}::date + 1`))
  const following = await db
    .select()
    .from(policies)
    .where(
      and(
        eq(policies.driverId, driverId),
        ne(policies.id, id),
        ne(policies.state, 'voided'),
        or(eq(policies.follows, id), isNext),
      ),
    )
    .orderBy(asc(policies.startsOn))
    // Who prices it for the first time is waited for: they read the start before this receipt.
    .for('no key update')
  const outdated: string[] = []
  for (const follower of following) {
    const plan = await plans.get(follower.planId, db)
    const [newest] = await db
      .select({ stem: receipts.stem })
      .from(premiums)
      .innerJoin(receipts, eq(receipts.id, premiums.receiptId))
      .where(eq(premiums.policyId, follower.id))
      .orderBy(desc(premiums.version))
      .limit(1)
    if (!plan || !newest) continue
    const priced = startOf(JSON.parse(newest.stem) as ReceiptV2)
    if (!isDeepStrictEqual(priced, startOf(await termInputs(db, follower, plan)))) outdated.push(follower.id)
  }
  return outdated
}

interface Start {
  carried?: ReceiptV2['carried'] | undefined
  endorsementOf?: EndorsementOf | undefined
  renewedFrom?: RenewedFrom | undefined
}

/** What a start is made of, whichever receipt said so. */
function startOf({ carried, endorsementOf, renewedFrom }: Start) {
  const { fees = [], factors } = endorsementOf ?? {}
  return [
    carried?.relativityPpm,
    fees,
    [factors?.termStartPpm, factors?.inForcePpm],
    [renewedFrom?.behaviourFactorPpm, renewedFrom?.factorInForcePpm],
  ]
}
