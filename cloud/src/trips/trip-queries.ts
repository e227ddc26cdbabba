import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import type { Trip } from '@fairmile/contract/http/trips.ts'
import { and, asc, count, desc, eq, inArray, lt, or } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { drivingEvents, trips } from '../db/schema/trips.ts'
import { decodeCursor, momentOf, toPage } from '../http/page.ts'
import { isOfTrip } from './is-of-trip.ts'

type TripRow = typeof trips.$inferSelect

/** One trip; null where there is none. */
export async function getTrip(db: Database, id: string): Promise<Trip | null> {
  return (await findTrip(db, id))?.trip ?? null
}

/** One trip, and whether a domain event tells of each change of it; null where there is none. */
export async function findTrip(db: Database, id: string): Promise<{ trip: Trip; isTold: boolean } | null> {
  const [row] = await db.select().from(trips).where(eq(trips.id, id))
  if (!row) return null
  // While it runs it grows every second, and TripCompleted is of trips under a policy.
  const isTold = row.endAt !== null && row.policyId !== null
  return { trip: toTrip(row, await openTripEvents(db, [row])), isTold }
}

/** A page of a driver's trips, the newest first. */
export async function listTrips(db: Database, driverId: string, { cursor, limit }: PageQuery): Promise<Page<Trip>> {
  const after = decodeCursor(cursor, 2)
  const startAt = after && momentOf(after[0])
  const rows = await db
    .select()
    .from(trips)
    .where(
      and(
        eq(trips.driverId, driverId),
        after && startAt
          ? or(lt(trips.startAt, startAt), and(eq(trips.startAt, startAt), lt(trips.id, after[1] ?? '')))
          : undefined,
      ),
    )
    .orderBy(desc(trips.startAt), desc(trips.id))
    .limit(limit + 1)
  const events = await openTripEvents(db, rows)
  return toPage(rows, {
    limit,
    keyOf: (row) => [row.startAt.toISOString(), row.id],
    itemOf: (row) => toTrip(row, events),
  })
}

/** The stored events of those trips that run and so have no sums of their own yet, counted by trip. */
async function openTripEvents(db: Database, rows: readonly TripRow[]): Promise<Map<string, Trip['events']>> {
  const open = rows.filter(({ statistics }) => statistics === null).map(({ id }) => id)
  if (open.length === 0) return new Map()
  const { tripId, kind, band, grade } = drivingEvents
  const counted = await db
    .select({ tripId, kind, band, grade, count: count() })
    .from(drivingEvents)
    .innerJoin(trips, isOfTrip)
    .where(inArray(tripId, open))
    .groupBy(tripId, kind, band, grade)
    .orderBy(asc(tripId), asc(kind), asc(band), asc(grade))
  const byTrip = Map.groupBy(counted, (event) => event.tripId)
  return new Map([...byTrip].map(([id, events]) => [id, events.map(({ tripId: _of, ...event }) => event)]))
}

function toTrip(row: TripRow, openEvents: ReadonlyMap<string, Trip['events']>): Trip {
  const { id, deviceId, driverId, endReason, version, source, startLat, startLon, endLat, endLon, statistics } = row
  return {
    id,
    deviceId,
    driverId,
    startAt: row.startAt.toISOString(),
    endAt: row.endAt?.toISOString() ?? null,
    endReason,
    version,
    source,
    startLat,
    startLon,
    endLat,
    endLon,
    distanceM: statistics?.distanceM ?? null,
    gradableM: statistics?.gradableM ?? null,
    durationS: statistics?.durationS ?? null,
    movingS: statistics?.movingS ?? null,
    speedMaxMps: statistics?.speedMaxMps ?? null,
    meanLiveRisk: statistics && statistics.riskS > 0 ? statistics.riskSum / statistics.riskS : null,
    events: statistics?.events ?? openEvents.get(id) ?? [],
  }
}
