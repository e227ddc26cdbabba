import type { Database } from '../db/database.ts'
import { ProblemError } from '../http/problem.ts'
import { newestRuledDenial } from './denial-holds.ts'

/**
 * What was ruled on "not me" stays: who said so, and was right, is not said to have driven that trip after all. The newest ruling counts: who had the trip
 * again, said so again and was wrong, drove.
 *
 * @throws ProblemError `conflict`, with the contest
 */
export async function refuseDenied(tx: Database, tripId: string, driverId: string): Promise<void> {
  const ruling = await newestRuledDenial(tx, { tripId, driverId })
  if (ruling?.state !== 'upheld') return
  const ruled = `driver "${driverId}" said "not me" of it, and contest "${ruling.id}" was upheld`
  throw new ProblemError('conflict', `Nobody says that "${driverId}" drove trip "${tripId}": ${ruled}.`)
}
