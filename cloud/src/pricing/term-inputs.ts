import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { Database } from '../db/database.ts'
import type { policies } from '../db/schema/people.ts'
import { renewedFrom } from './renewed-from.ts'
import { termOf } from './term-of.ts'

/** What a policy is priced by beside its trips: the same for the ledger, for what a trip adds and for what a contest is about. */
export async function termInputs(db: Database, policy: typeof policies.$inferSelect, plan: RatingPlan) {
  const { carried, rated } = policy
  return {
    ...{ plan, term: termOf(policy), carried, carriedPpm: carried?.relativityPpm },
    ...(plan.format === 2 && { rated, renewedFrom: await renewedFrom(db, policy) }),
  }
}
