import { pendingStates } from '@fairmile/contract/contest.ts'
import type { ReceiptRuling, ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { and, desc, eq, inArray, ne, or, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { contests, correctedEvents } from '../db/schema/contests.ts'
import { drivingEvents, trips as tripRows } from '../db/schema/trips.ts'
import { limitMayCount } from './limit-may-count.ts'

/** Events that count for nothing, or for less, in these trips: by a contest that is pending or was upheld (its id), or by a limit that was corrected (`LIM-` and its number). Each event once, by the driver's own contest rather than by that of whoever was said to have driven before. */
export async function rulingsOf(db: Database, trips: readonly ReceiptTrip[]): Promise<ReceiptRuling[]> {
  const ids = trips.map(({ id }) => id)
  if (ids.length === 0) return []
  const { id: rulingId, eventId, tripId, state, reason } = contests
  const isTheirs = eq(contests.driverId, tripRows.driverId)
  const holds = and(inArray(state, [...pendingStates, 'upheld']), or(ne(reason, 'not_me'), isTheirs))
  const contested = await db
    .selectDistinctOn([eventId], { eventId, tripId, rulingId })
    .from(contests)
    .innerJoin(tripRows, eq(tripRows.id, tripId))
    .innerJoin(drivingEvents, and(eq(drivingEvents.id, eventId), eq(drivingEvents.deviceId, tripRows.deviceId)))
    .where(and(inArray(tripId, ids), holds))
    .orderBy(eventId, desc(sql`${isTheirs} IS TRUE`), rulingId)
  const known = new Set(contested.map((ruling) => ruling.eventId))
  const byLimit = await db
    .selectDistinctOn([correctedEvents.eventId])
    .from(correctedEvents)
    .where(and(inArray(correctedEvents.tripId, ids), limitMayCount))
    .orderBy(correctedEvents.eventId, desc(correctedEvents.correctionId))
  return [
    ...contested,
    ...byLimit
      .filter(({ eventId: event }) => !known.has(event))
      .map((row) => ({ eventId: row.eventId, tripId: row.tripId, rulingId: `LIM-${row.correctionId}` })),
  ]
}
