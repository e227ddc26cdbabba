import { createHash } from 'node:crypto'
import { and, asc, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'

/** What a premium rests on: how many trips, and the hash of their ids and versions in their order (`TRP-…/2`). */
export async function restsOn(db: Database, policyId: string): Promise<{ trips: number; tripsHash: string }> {
  const rows = await db
    .select({ id: trips.id, version: trips.version })
    .from(trips)
    .where(and(eq(trips.policyId, policyId), isNotNull(trips.statistics)))
    .orderBy(asc(trips.startAt), asc(trips.id))
  const versions = rows.map(({ id, version }) => `${id}/${version}`)
  return { trips: versions.length, tripsHash: createHash('sha256').update(versions.join('\n')).digest('hex') }
}
