import { and, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { contests } from '../db/schema/contests.ts'
import { ProblemError } from '../http/problem.ts'

/**
 * What was ruled on "not me" stays: who said so, and was right, is not said to have driven that trip after all.
 *
 * @throws ProblemError `conflict`, with the contest
 */
export async function refuseDenied(tx: Database, tripId: string, driverId: string): Promise<void> {
  const { reason, state } = contests
  const [denied] = await tx
    .select({ id: contests.id })
    .from(contests)
    .where(and(eq(contests.tripId, tripId), eq(contests.driverId, driverId), eq(reason, 'not_me'), eq(state, 'upheld')))
    .limit(1)
  if (!denied) return
  const ruled = `driver "${driverId}" said "not me" of it, and contest "${denied.id}" was upheld`
  throw new ProblemError('conflict', `Nobody says that "${driverId}" drove trip "${tripId}": ${ruled}.`)
}
