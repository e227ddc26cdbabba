import { asc, inArray } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'

/**
 * Keeps the policies of vehicles from ending early until the transaction ends; one that is being ended is waited for. Whoever gives trips to
 * policies does this first, before any other lock, and looks for the cover after it.
 *
 * In one order whoever asks, and without keeping anyone from pricing and billing them.
 */
export async function holdPolicies(tx: Database, vehicleIds: Iterable<string>): Promise<void> {
  const of = [...new Set(vehicleIds)]
  if (of.length === 0) return
  const { id, vehicleId } = policies
  await tx.select({ id }).from(policies).where(inArray(vehicleId, of)).orderBy(asc(id)).for('key share')
}
