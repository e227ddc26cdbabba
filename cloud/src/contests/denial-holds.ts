import { and, desc, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { contests } from '../db/schema/contests.ts'

interface Denied {
  readonly tripId: string
  readonly driverId: string
}

/**
 * Who drove a trip that is being stored, where the "not me" of a driver takes it from them: nobody while it is pending, whatever the car tells meanwhile;
 * and as it was upheld where it was ruled on before any record of the trip came. What the car tells after the ruling is looked at by `assignmentOf`.
 *
 * @param options.isFirst it is the first record of the trip
 * @returns null where it takes nothing from them
 */
export async function denialHolds(
  tx: Database,
  of: Denied,
  { isFirst }: { isFirst: boolean },
): Promise<{ driverId: string | null } | null> {
  const newest = await newestDenial(tx, of)
  if (!newest) return null
  if (newest.settledAt === null) return { driverId: null }
  return isFirst && newest.state === 'upheld' ? { driverId: newest.drivenBy } : null
}

/** The newest ruling on a "not me" of a driver of a trip: it says whether they drove; null without one. */
export const newestRuledDenial = (tx: Database, of: Denied) => newestDenial(tx, of, { settled: true })

/** The "not me" of a driver of a trip that is being ruled on, its id; null without one. */
export async function pendingDenial(tx: Database, of: Denied): Promise<string | null> {
  const newest = await newestDenial(tx, of)
  return newest?.settledAt === null ? newest.id : null
}

/** A pending one is newer than any that is settled. */
async function newestDenial(tx: Database, { tripId, driverId }: Denied, { settled = false } = {}) {
  const { id, reason, state, settledAt, drivenBy } = contests
  const said = and(eq(contests.tripId, tripId), eq(contests.driverId, driverId), eq(reason, 'not_me'))
  const [newest] = await tx
    .select({ id, state, settledAt, drivenBy })
    .from(contests)
    .where(and(said, settled ? isNotNull(settledAt) : undefined))
    .orderBy(desc(settledAt), desc(id))
    .limit(1)
  return newest ?? null
}
