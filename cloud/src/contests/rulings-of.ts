import { pendingStates } from '@fairmile/contract/contest.ts'
import type { ReceiptRuling, ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { and, inArray } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { contests, correctedEvents } from '../db/schema/contests.ts'

/** Events that count for nothing, or for less, in these trips: by a contest that is pending or was upheld (its id), or by a limit that was corrected (`LIM-` and its number). */
export async function rulingsOf(db: Database, trips: readonly ReceiptTrip[]): Promise<ReceiptRuling[]> {
  const ids = trips.map(({ id }) => id)
  if (ids.length === 0) return []
  const { id: rulingId, eventId, tripId, state } = contests
  const contested = await db
    .select({ eventId, tripId, rulingId })
    .from(contests)
    .where(and(inArray(tripId, ids), inArray(state, [...pendingStates, 'upheld'])))
  const known = new Set(contested.map((ruling) => ruling.eventId))
  const byLimit = await db
    .selectDistinctOn([correctedEvents.eventId])
    .from(correctedEvents)
    .where(inArray(correctedEvents.tripId, ids))
    .orderBy(correctedEvents.eventId, correctedEvents.correctionId)
  return [
    ...contested,
    ...byLimit
      .filter(({ eventId: event }) => !known.has(event))
      .map((row) => ({ eventId: row.eventId, tripId: row.tripId, rulingId: `LIM-${row.correctionId}` })),
  ]
}
