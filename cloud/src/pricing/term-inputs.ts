import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { EndorsementOf, Receipt } from '@fairmile/contract/receipt.ts'
import { feesCharged } from '@fairmile/models/pricing/outside-steps.ts'
import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { premiums, receipts } from '../db/schema/pricing.ts'
import { renewedFrom } from './renewed-from.ts'
import { termOf } from './term-of.ts'

/** What a policy is priced by beside its trips: the same for the ledger, for what a trip adds and for what a contest is about. */
export async function termInputs(db: Database, policy: typeof policies.$inferSelect, plan: RatingPlan) {
  const { carried, rated } = policy
  return {
    ...{ plan, term: termOf(policy), carried, carriedPpm: carried?.relativityPpm },
    endorsementOf: await endorsementOf(db, policy),
    ...(plan.format === 2 && { rated, renewedFrom: await renewedFrom(db, policy) }),
  }
}

/** The policy that became this one within its term, with the fees until its newest receipt; undefined where this one began the term. */
async function endorsementOf(
  db: Database,
  { follows }: Pick<typeof policies.$inferSelect, 'follows'>,
): Promise<EndorsementOf | undefined> {
  if (follows === null) return undefined
  const [before] = await db
    .select({ policyId: policies.id, body: receipts.body })
    .from(policies)
    .leftJoin(premiums, eq(premiums.policyId, policies.id))
    .leftJoin(receipts, eq(receipts.id, premiums.receiptId))
    .where(and(eq(policies.id, follows), eq(policies.state, 'endorsed')))
    .orderBy(sql`${premiums.version} DESC NULLS LAST`)
    .limit(1)
  if (!before) return undefined
  const { policyId, body } = before
  return { policyId, fees: body === null ? [] : feesCharged(JSON.parse(body) as Receipt) }
}
