import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { correctStatistics, type EventCorrection } from '@fairmile/models/contests/correct-statistics.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { and, asc, eq, inArray, ne } from 'drizzle-orm'
import { limitMayCount } from '../contests/limit-may-count.ts'
import { takesOut } from '../contests/takes-out.ts'
import type { Database } from '../db/database.ts'
import { contests, correctedEvents } from '../db/schema/contests.ts'
import { drivingEvents, trips } from '../db/schema/trips.ts'
import { isOfTrip } from './is-of-trip.ts'

interface CorrectionsOf {
  readonly tripId: string
  /** Whose trip it is then; null for nobody's. */
  readonly driverId: string | null
  /** A contest to be left out. */
  readonly without?: string
}

/**
 * The contests and corrected limits that hold for a trip. While a contest is pending, and once it is upheld, its event counts for nothing; one whose
 * contest was upheld by putting its limit right, or that nobody contested, counts as what it is by the true limit, where that is known. One that somebody
 * says was not theirs counts for nothing where the trip is theirs all the same, as when it went on after another had left.
 */
export async function correctionsOf(
  tx: Database,
  { tripId, driverId, without }: CorrectionsOf,
): Promise<EventCorrection[]> {
  const others = without === undefined ? undefined : ne(contests.id, without)
  const contested = await tx
    .selectDistinct({ eventId: contests.eventId })
    .from(contests)
    .where(and(eq(contests.tripId, tripId), others, takesOut(driverId)))
  const judged = await tx
    .select()
    .from(correctedEvents)
    .where(and(eq(correctedEvents.tripId, tripId), limitMayCount))
    .orderBy(asc(correctedEvents.correctionId))
  const out = new Set(contested.map(({ eventId }) => eventId))
  const limits = new Map(judged.map((row) => [row.eventId, row]))
  return (await eventsOf(tx, { tripId, ids: [...new Set([...limits.keys(), ...out])] })).map((event) => {
    const limit = out.has(event.id) ? undefined : limits.get(event.id)
    return { event, instead: limit?.band ? { band: limit.band, limitKmh: limit.limitKmh } : null }
  })
}

/** The statistics that count where these corrections hold. */
export const corrected = (statistics: TripStatistics, corrections: readonly EventCorrection[]): TripStatistics =>
  correctStatistics(statistics, corrections, thresholds)

async function eventsOf(tx: Database, { tripId, ids }: { tripId: string; ids: readonly string[] }) {
  if (ids.length === 0) return []
  const { id, kind, band, grade, limitKmh, startAt, endAt, trace } = drivingEvents
  const rows = await tx
    .select({ id, kind, band, grade, limitKmh, startAt, endAt, trace })
    .from(drivingEvents)
    .innerJoin(trips, isOfTrip)
    .where(and(inArray(id, [...ids]), eq(trips.id, tripId)))
    .orderBy(asc(id))
  return rows.map((row) => ({ ...row, durationMs: row.endAt.getTime() - row.startAt.getTime() }))
}
