import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { canonicalJson } from '@fairmile/models/canonical-json.ts'
import { eq, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { ratingPlanChanges, ratingPlans } from '../db/schema/plans.ts'
import { UsageError } from '../errors.ts'
import { columnsOf, sha256 } from './plan-columns.ts'

/** Any number, the same in every process: of servers that start at once the second waits. */
const advisoryLock = 7_301_700
/** Who brings the plans of a release, and has approved them before it was built. */
const by = 'release'

/**
 * Takes the plans of this release into the table, approved.
 *
 * @returns ids of those that were new
 * @throws {UsageError} where one has the id of another that is there: nothing is taken in then
 */
export function takeInPlans(db: Database, plans: Iterable<RatingPlan>, now = Date.now()): Promise<string[]> {
  const at = new Date(now)
  return db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${advisoryLock})`)
    const added: string[] = []
    for (const plan of plans) {
      const hash = sha256(canonicalJson(plan))
      const [there] = await tx.select().from(ratingPlans).where(eq(ratingPlans.id, plan.id))
      if (there && there.hash !== hash)
        throw new UsageError(
          `Taking in the rating plans: "${plan.id}" of this release (${hash}) is not the one in the database (${there.hash}, by ${there.createdBy}); ` +
            'what was issued under a plan must be checked against it for ever, so give the changed plan an id of its own',
        )
      if (there) continue
      await tx
        .insert(ratingPlans)
        .values({ ...columnsOf(plan), state: 'approved', createdBy: by, createdAt: at, approvedBy: by, approvedAt: at })
      await tx.insert(ratingPlanChanges).values({
        planId: plan.id,
        action: 'approved',
        changedBy: by,
        changedAt: at,
        note: 'came with this release',
        hash,
      })
      added.push(plan.id)
    }
    return added
  })
}
