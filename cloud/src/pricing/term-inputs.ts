import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { and, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
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

/** The policy that became this one within its term; undefined where this one began the term. */
async function endorsementOf(
  db: Database,
  { follows }: Pick<typeof policies.$inferSelect, 'follows'>,
): Promise<string | undefined> {
  if (follows === null) return undefined
  const [before] = await db
    .select({ id: policies.id })
    .from(policies)
    .where(and(eq(policies.id, follows), eq(policies.state, 'endorsed')))
  return before?.id
}
