import { statisticsDays } from '@fairmile/contract/http/statistics.ts'
import { driverStatistics } from '@fairmile/models/trips/driver-statistics.ts'
import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '../db/database.ts'
import { driverStatisticsTable } from '../db/schema/trip-records.ts'
import type { Handler } from '../events/consumers.ts'
import { recentTrips } from './ended-trips.ts'

const dayMs = 86_400_000
const longestDays = Math.max(...statisticsDays)

/** Adds a driver's trips up anew after each trip that ended, changed or was given to another. */
export function createStatisticsConsumer(): Handler {
  return async (tx, event) => {
    if (event.type === 'TripCompleted') await addUpDriver(tx, event.data.driverId)
  }
}

/**
 * Adds up a driver's trips over 7, 30 and 90 days before the end of the newest one.
 *
 * From the trips as they are now, never by adding to what was there: so no correction, removal or repeated event can leave a trace.
 */
async function addUpDriver(tx: Transaction, driverId: string): Promise<void> {
  const trips = await recentTrips(tx, { driverId, days: longestDays })
  if (trips.length === 0) {
    await tx.delete(driverStatisticsTable).where(eq(driverStatisticsTable.driverId, driverId))
    return
  }
  const untilMs = Math.max(...trips.map(({ endAt }) => endAt))
  const rows = statisticsDays.map((days) => {
    const fromMs = untilMs - days * dayMs
    const statistics = driverStatistics(trips.filter(({ startAt }) => startAt > fromMs))
    const times = { fromAt: new Date(fromMs), untilAt: new Date(untilMs) }
    return { driverId, days, ...times, trips: statistics.trips, statistics }
  })
  await tx
    .insert(driverStatisticsTable)
    .values(rows)
    .onConflictDoUpdate({
      target: [driverStatisticsTable.driverId, driverStatisticsTable.days],
      set: {
        fromAt: sql`excluded.from_at`,
        untilAt: sql`excluded.until_at`,
        trips: sql`excluded.trips`,
        statistics: sql`excluded.statistics`,
        updatedAt: sql`now()`,
      },
    })
}
