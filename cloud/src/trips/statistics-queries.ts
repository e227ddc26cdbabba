import type { DriverStatisticsReport, TripStatisticsReport } from '@fairmile/contract/http/statistics.ts'
import { reconcile } from '@fairmile/models/trips/reconcile.ts'
import { and, desc, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { driverStatisticsTable, tripAccounts } from '../db/schema/trip-records.ts'
import { trips } from '../db/schema/trips.ts'

/** A driver's trips of so many days added up; null before the first. */
export async function driverStatisticsOf(
  db: Database,
  { driverId, days }: { driverId: string; days: number },
): Promise<DriverStatisticsReport | null> {
  const [row] = await db
    .select()
    .from(driverStatisticsTable)
    .where(and(eq(driverStatisticsTable.driverId, driverId), eq(driverStatisticsTable.days, days)))
  if (!row) return null
  const { fromAt, untilAt, statistics } = row
  const { trips: whole, total } = statistics
  return { driverId, days, from: fromAt.toISOString(), until: untilAt.toISOString(), trips: whole, statistics: total }
}

/** A trip's statistics, the cloud's own account of it and what the two say of one another; null while it runs. */
export async function tripStatisticsOf(db: Database, tripId: string): Promise<TripStatisticsReport | null> {
  const [trip] = await db.select().from(trips).where(eq(trips.id, tripId))
  if (!trip?.statistics) return null
  const { version, source, statistics } = trip
  const [newest] = await db
    .select()
    .from(tripAccounts)
    .where(eq(tripAccounts.tripId, tripId))
    .orderBy(desc(tripAccounts.version))
    .limit(1)
  return {
    tripId,
    version,
    source,
    statistics,
    account: newest
      ? { version: newest.version, computedAt: newest.computedAt.toISOString(), ...newest.account }
      : null,
    // What the cloud found has no other distance to be held against.
    reconciliation: newest && source === 'car' ? reconcile(statistics.distanceM, newest.account) : null,
  }
}
