import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { carriedRelativity } from '@fairmile/models/pricing/carried-relativity.ts'
import { desc, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { premiums } from '../db/schema/pricing.ts'

type Carried = ReceiptV2['carried']

/** What a plan carries on of the newest price of a policy; null where it carries nothing, or there is no price. */
export async function carriedOn(db: Database, policyId: string, plan: RatingPlan): Promise<Carried> {
  if (!plan.policy?.carriedPpm) return null
  const { receiptId, relativityPpm, version } = premiums
  const [newest] = await db
    .select({ receiptId, relativityPpm })
    .from(premiums)
    .where(eq(premiums.policyId, policyId))
    .orderBy(desc(version))
    .limit(1)
  if (!newest) return null
  return { policyId, receiptId: newest.receiptId, relativityPpm: carriedRelativity(plan, newest.relativityPpm) }
}

/**
 * What a policy starts from by all that is known now of the one before: what was carried on as it was bound, or less, as after a ruling. Never more: who was
 * bound at a relativity does not lose it by what is found afterwards, and a contest that was lost gives back no more than it took.
 */
export async function carriedNow(db: Database, { carried }: { carried: Carried }, plan: RatingPlan): Promise<Carried> {
  if (!carried) return null
  const newest = await carriedOn(db, carried.policyId, plan)
  return newest && newest.relativityPpm < carried.relativityPpm ? newest : carried
}
