import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { contests } from '../db/schema/contests.ts'

interface Denied {
  readonly tripId: string
  readonly driverId: string
}

/**
 * Whether the "not me" of a driver takes a trip from them that is being stored: while it is pending, whatever the car tells meanwhile; and once it was
 * upheld where it was ruled on before any record of the trip came. What the car tells after the ruling is looked at by `assignmentOf`.
 *
 * @param options.isFirst it is the first record of the trip
 */
export async function denialHolds(tx: Database, of: Denied, { isFirst }: { isFirst: boolean }): Promise<boolean> {
  const newest = await newestDenial(tx, of)
  if (!newest) return false
  return newest.settledAt === null || (isFirst && newest.state === 'upheld')
}

/** The newest ruling on a "not me" of a driver of a trip: it says whether they drove; null without one. */
export const newestRuledDenial = (tx: Database, of: Denied) => newestDenial(tx, of, { settled: true })

/** A pending one is newer than any that is settled. */
async function newestDenial(tx: Database, { tripId, driverId }: Denied, { settled = false } = {}) {
  const { id, reason, state, settledAt } = contests
  const said = and(eq(contests.tripId, tripId), eq(contests.driverId, driverId), eq(reason, 'not_me'))
  const [newest] = await tx
    .select({ id, state, settledAt })
    .from(contests)
    .where(and(said, settled ? isNotNull(settledAt) : undefined))
    .orderBy(desc(settledAt), desc(id))
    .limit(1)
  return newest ?? null
}
