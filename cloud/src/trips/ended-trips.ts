import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { and, asc, eq, gt, isNotNull, type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'

/** The ended trips of a policy, with their statistics, by start. */
export const tripsOfPolicy = (db: Database, policyId: string): Promise<ReceiptTrip[]> =>
  endedTrips(db, eq(trips.policyId, policyId))

/** The ended trips of a driver in the days before the end of their newest one, by start. */
export async function recentTrips(
  db: Database,
  { driverId, days }: { driverId: string; days: number },
): Promise<ReceiptTrip[]> {
  const [newest] = await selectRows<{ endMs: number | null }>(
    db,
    sql`SELECT (extract(epoch FROM max(end_at)) * 1000)::float8 AS "endMs" FROM trips
        WHERE driver_id = ${driverId} AND statistics IS NOT NULL`,
  )
  if (newest?.endMs == null) return []
  const since = new Date(newest.endMs - days * 86_400_000)
  return endedTrips(db, and(eq(trips.driverId, driverId), gt(trips.startAt, since)))
}

async function endedTrips(db: Database, which: SQL | undefined): Promise<ReceiptTrip[]> {
  const { id, startAt, endAt, thresholdsHash, statistics } = trips
  const rows = await db
    .select({ id, startAt, endAt, thresholdsHash, statistics })
    .from(trips)
    .where(and(which, isNotNull(statistics)))
    .orderBy(asc(startAt), asc(id))
  return rows.flatMap((row) =>
    row.endAt && row.thresholdsHash && row.statistics
      ? {
          id: row.id,
          startAt: row.startAt.getTime(),
          endAt: row.endAt.getTime(),
          thresholdsHash: row.thresholdsHash,
          statistics: row.statistics,
        }
      : [],
  )
}
