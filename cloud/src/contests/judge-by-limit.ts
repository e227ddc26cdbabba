import { headingOf, isAt } from '@fairmile/models/contests/place.ts'
import { rejudgeLimit } from '@fairmile/models/contests/rejudge-limit.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { correctedEvents, type limitCorrections } from '../db/schema/contests.ts'
import { drivingEvents, trips } from '../db/schema/trips.ts'

type EventRow = typeof drivingEvents.$inferSelect
type Correction = typeof limitCorrections.$inferSelect

/**
 * Judges events of speeding by a corrected limit, and keeps what they are by it. Those that lie elsewhere, drive another way, were judged by no lower
 * limit or kept no trace stay as they are; and so does what was judged by it before, and an event that names a trip of another device.
 *
 * @returns the trips of events that are another than they were
 */
export async function judgeByLimit(
  tx: Database,
  { id: correctionId, limitKmh, ...place }: Correction,
  events: readonly EventRow[],
  { nowMs }: { nowMs: number },
): Promise<string[]> {
  const judged = events.flatMap((event) => {
    const { id: eventId, tripId, lat, lon, startAt, endAt, trace, band: before } = event
    const durationMs = endAt.getTime() - startAt.getTime()
    if (lat === null || lon === null || event.limitKmh === null || event.limitKmh >= limitKmh) return []
    if (!isAt(place, { lat, lon, headingDeg: headingOf(trace, durationMs) })) return []
    const found = rejudgeLimit({ band: before, trace, durationMs }, { limitKmh, rule: thresholds.speeding })
    return found ? [{ correctionId, eventId, tripId, ...found, limitKmh, judgedAt: new Date(nowMs) }] : []
  })
  const foreign = await namingForeignTrips(
    tx,
    judged.map(({ eventId }) => eventId),
  )
  const own = judged.filter(({ eventId }) => !foreign.has(eventId))
  if (own.length === 0) return []
  const kept = await tx
    .insert(correctedEvents)
    .values(own)
    .onConflictDoNothing()
    .returning({ tripId: correctedEvents.tripId })
  return [...new Set(kept.map(({ tripId }) => tripId))].sort()
}

/** Those of events that name a trip which another device told of: they are none of it (`isOfTrip`). A trip that is not here yet may still come. */
async function namingForeignTrips(tx: Database, eventIds: readonly string[]): Promise<Set<string>> {
  if (eventIds.length === 0) return new Set()
  const { id, tripId, deviceId } = drivingEvents
  const rows = await tx
    .select({ id })
    .from(drivingEvents)
    .innerJoin(trips, and(eq(trips.id, tripId), ne(trips.deviceId, deviceId)))
    .where(inArray(id, [...eventIds]))
  return new Set(rows.map((row) => row.id))
}
