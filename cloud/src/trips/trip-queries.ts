import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import type { Trip } from '@fairmile/contract/http/trips.ts'
import { and, desc, eq, lt, or } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'
import { decodeCursor, momentOf, toPage } from '../http/page.ts'

type TripRow = typeof trips.$inferSelect

/** One trip; null where there is none. */
export async function getTrip(db: Database, id: string): Promise<Trip | null> {
  const [row] = await db.select().from(trips).where(eq(trips.id, id))
  return row ? toTrip(row) : null
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
  return toPage(rows, { limit, keyOf: (row) => [row.startAt.toISOString(), row.id], itemOf: toTrip })
}

function toTrip(row: TripRow): Trip {
  const { id, deviceId, driverId, endReason, startLat, startLon, endLat, endLon, statistics } = row
  return {
    id,
    deviceId,
    driverId,
    startAt: row.startAt.toISOString(),
    endAt: row.endAt?.toISOString() ?? null,
    endReason,
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
    events: statistics?.events ?? [],
  }
}
