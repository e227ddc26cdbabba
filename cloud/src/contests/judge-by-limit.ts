import { headingOf, isAt } from '@fairmile/models/contests/place.ts'
import { rejudgeLimit } from '@fairmile/models/contests/rejudge-limit.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import type { Database } from '../db/database.ts'
import { correctedEvents, type limitCorrections } from '../db/schema/contests.ts'
import type { drivingEvents } from '../db/schema/trips.ts'

type EventRow = typeof drivingEvents.$inferSelect
type Correction = typeof limitCorrections.$inferSelect

/**
 * Judges events of speeding by a corrected limit, and keeps what they are by it. Those that lie elsewhere, drive another way, were judged by no lower
 * limit or kept no trace stay as they are; and so does what was judged by it before.
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
  if (judged.length === 0) return []
  const kept = await tx
    .insert(correctedEvents)
    .values(judged)
    .onConflictDoNothing()
    .returning({ tripId: correctedEvents.tripId })
  return [...new Set(kept.map(({ tripId }) => tripId))].sort()
}
