import { createHash } from 'node:crypto'
import { and, asc, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'

/** What a premium rests on: how many trips, and the hash of their ids and versions in their order. */
export interface RestsOn {
  trips: number
  tripsHash: string
}

/** The ended trips of a policy as what they are in this version, by start: `TRP-…/2`. */
export async function versionsOfPolicy(db: Database, policyId: string): Promise<string[]> {
  const rows = await db
    .select({ id: trips.id, version: trips.version })
    .from(trips)
    .where(and(eq(trips.policyId, policyId), isNotNull(trips.statistics)))
    .orderBy(asc(trips.startAt), asc(trips.id))
  return rows.map(({ id, version }) => `${id}/${version}`)
}

/** What a premium of the first so many of these trips rests on. */
export function restsOn(versions: readonly string[], count = versions.length): RestsOn {
  const hash = createHash('sha256').update(versions.slice(0, count).join('\n')).digest('hex')
  return { trips: count, tripsHash: hash }
}

/**
 * Whether all that happened since a premium was driving on: its trips are still there, unchanged, and the others are later.
 *
 * Then the term never becomes cheaper. Where a trip was corrected, given to another or came late, what the term had cost rested on other facts.
 * Premiums of before their trips were kept count as driven on from.
 */
export function droveOn(
  before: { trips: number | null; tripsHash: string | null },
  versions: readonly string[],
): boolean {
  if (before.trips === null || before.tripsHash === null) return true
  return before.trips <= versions.length && restsOn(versions, before.trips).tripsHash === before.tripsHash
}
