import type { RatingPlan, RenewedFrom } from '@fairmile/contract/rating-plan.ts'
import type { EndorsementOf, Receipt } from '@fairmile/contract/receipt.ts'
import { goneOnFrom } from '@fairmile/models/pricing/gone-on-from.ts'
import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { premiums, receipts } from '../db/schema/pricing.ts'
import { carriedNow } from './carried-on.ts'
import { renewedFrom } from './renewed-from.ts'
import { termOf } from './term-of.ts'

type PolicyRow = typeof policies.$inferSelect

/** What a policy is priced by beside its trips: the same for the ledger, for what a trip adds and for what a contest is about. */
export async function termInputs(db: Database, policy: PolicyRow, plan: RatingPlan) {
  const { rated } = policy
  const carried = await carriedNow(db, policy, plan)
  const before = await startsFrom(db, policy)
  return {
    ...{ plan, term: termOf(policy), carried, carriedPpm: carried?.relativityPpm },
    endorsementOf: before.endorsementOf,
    ...(plan.format === 2 && { rated, renewedFrom: before.renewedFrom }),
  }
}

/** What a policy goes on from: within its term another policy that became it, else the term before. */
export async function startsFrom(
  db: Database,
  policy: Pick<PolicyRow, 'follows' | 'driverId' | 'vehicleId' | 'startsOn'>,
): Promise<{ endorsementOf?: EndorsementOf; renewedFrom?: RenewedFrom }> {
  const before = await endorsementOf(db, policy)
  if (before) return { endorsementOf: before }
  const termBefore = await renewedFrom(db, policy)
  return termBefore ? { renewedFrom: termBefore } : {}
}

/** The policy that became this one within its term, by its newest receipt; undefined where this one began the term. */
async function endorsementOf(
  db: Database,
  { follows }: Pick<PolicyRow, 'follows'>,
): Promise<EndorsementOf | undefined> {
  if (follows === null) return undefined
  const [before] = await db
    .select({ policyId: policies.id, stem: receipts.stem })
    .from(policies)
    .leftJoin(premiums, eq(premiums.policyId, policies.id))
    .leftJoin(receipts, eq(receipts.id, premiums.receiptId))
    .where(and(eq(policies.id, follows), eq(policies.state, 'endorsed')))
    .orderBy(sql`${premiums.version} DESC NULLS LAST`)
    .limit(1)
  if (!before) return undefined
  const { policyId, stem } = before
  return stem === null ? { policyId, fees: [] } : goneOnFrom(JSON.parse(stem) as Receipt)
}
