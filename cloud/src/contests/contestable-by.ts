import { contestableUntil, contestRules } from '@fairmile/models/contests/contest-rules.ts'
import { and, eq, inArray, max } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { contests } from '../db/schema/contests.ts'
import type { drivingEvents } from '../db/schema/trips.ts'
import { readTripOf } from '../trips/trip-of-event.ts'
import { endedOf, formerVersions } from '../trips/trip-versions.ts'

type Told = Pick<typeof drivingEvents.$inferSelect, 'id' | 'tripId' | 'toldAt'>

/**
 * Until when a driver may contest an event, UTC epoch milliseconds: counted from when it was told, and for whom the trip was not from the start
 * from when it became theirs, if that is later. What an admin contested for them and took back leaves them some days in any case.
 */
export async function contestableBy(db: Database, event: Told, driverId: string | null): Promise<number> {
  const toldAtMs = event.toldAt.getTime()
  if (driverId === null) return contestableUntil(toldAtMs, contestRules)
  const since = await theirsSince(db, { eventId: event.id, tripId: event.tripId }, driverId)
  const undoneAtMs = await undoneAt(db, event.id, driverId)
  return contestableUntil(Math.max(toldAtMs, since?.getTime() ?? 0), contestRules, { undoneAtMs })
}

/** When the newest contest that an admin opened of an event for a driver was taken back without them, UTC epoch milliseconds; null where none was. */
async function undoneAt(db: Database, eventId: string, driverId: string): Promise<number | null> {
  const [newest] = await db
    .select({ at: max(contests.settledAt) })
    .from(contests)
    .where(and(eq(contests.eventId, eventId), eq(contests.driverId, driverId), eq(contests.undone, true)))
  return newest?.at?.getTime() ?? null
}

/** When a trip became a driver's; null where it was from the start, or is not. */
async function theirsSince(
  db: Database,
  { eventId, tripId }: { eventId: string; tripId: string },
  driverId: string,
): Promise<Date | null> {
  const row = await readTripOf(db, { eventId, tripId })
  const current = row && endedOf(row)
  if (!current) return null
  const denied = await deniedInVain(db, tripId, driverId)
  let since: Date | null = null
  for (const version of [{ ...current, recordedAt: row.updatedAt }, ...(await formerVersions(db, tripId))]) {
    if (version.cause === 'came_late') continue // it never counted
    const at = version.recordedAt
    const isTheirs = version.driverId === driverId || denied.some(({ from, until }) => from <= at && at <= until)
    if (!isTheirs) return since
    since = at
  }
  return null
}

/** When a driver said "not me" of a trip that was theirs all the while. */
async function deniedInVain(db: Database, tripId: string, driverId: string): Promise<{ from: Date; until: Date }[]> {
  const { openedAt, settledAt, reason, state } = contests
  const rows = await db
    .select({ from: openedAt, until: settledAt })
    .from(contests)
    .where(
      and(
        ...[eq(contests.tripId, tripId), eq(contests.driverId, driverId), eq(reason, 'not_me')],
        inArray(state, ['rejected', 'withdrawn']),
      ),
    )
  return rows.flatMap(({ from, until }) => (until ? [{ from, until }] : []))
}
