import { createHash } from 'node:crypto'
import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { trips } from '../db/schema/trips.ts'

const beganInTerm = sql`${trips.startAt} >= (${policies.startsOn}::timestamp AT TIME ZONE 'UTC')
  AND ${trips.startAt} < ((${policies.endsOn} + 1)::timestamp AT TIME ZONE 'UTC')`

/** What a premium rests on: how many trips, and the hash of their ids and versions in their order (`TRP-…/2`). */
export async function restsOn(db: Database, policyId: string): Promise<{ trips: number; tripsHash: string }> {
  const rows = await db
    .select({ id: trips.id, version: trips.version })
    .from(trips)
    .innerJoin(policies, eq(policies.id, trips.policyId))
    .where(and(eq(trips.policyId, policyId), isNotNull(trips.statistics), beganInTerm))
    .orderBy(asc(trips.startAt), asc(trips.id))
  const versions = rows.map(({ id, version }) => `${id}/${version}`)
  return { trips: versions.length, tripsHash: createHash('sha256').update(versions.join('\n')).digest('hex') }
}
