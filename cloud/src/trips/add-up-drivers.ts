import { statisticsDays } from '@fairmile/contract/http/statistics.ts'
import { driverStatistics } from '@fairmile/models/trips/driver-statistics.ts'
import { packStatistics } from '@fairmile/models/trips/packed-statistics.ts'
import { inArray, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { driverStatisticsTable, driverTouches } from '../db/schema/trip-records.ts'
import { messageOf } from '../errors.ts'
import { type DriverTrip, tripsOfDrivers } from './trips-of-drivers.ts'

const dayMs = 86_400_000
const longestDays = Math.max(...statisticsDays)

/** A driver whose trips cannot be added up, and why. */
export interface NotAddedUp {
  readonly driverId: string
  readonly error: string
}

/**
 * Adds up the trips of drivers over 7, 30 and 90 days before the end of each one's newest, and keeps that, with three statements however many
 * drivers there are.
 *
 * From the trips as they are now, never by adding to what was there: so no correction, removal or repeated event can leave a trace. In a
 * transaction: the drivers' touches are taken away before the trips are read, so that a trip that comes in between leaves one.
 *
 * @returns who could not be added up: nothing of theirs is kept, and they stay touched
 */
export async function addUpDrivers(tx: Database, driverIds: readonly string[]): Promise<NotAddedUp[]> {
  const failures: NotAddedUp[] = []
  await tx.delete(driverTouches).where(inArray(driverTouches.driverId, [...driverIds]))
  const trips = await tripsOfDrivers(tx, { driverIds, days: longestDays })
  const rows = driverIds.flatMap((driverId) => {
    try {
      return rowsOf(driverId, trips.get(driverId) ?? [])
    } catch (error) {
      failures.push({ driverId, error: messageOf(error) })
      return []
    }
  })
  const kept = new Set(rows.map(({ driverId }) => driverId))
  const gone = driverIds.filter((driverId) => !kept.has(driverId))
  if (gone.length > 0) await tx.delete(driverStatisticsTable).where(inArray(driverStatisticsTable.driverId, gone))
  if (rows.length > 0) await keep(tx, rows)
  if (failures.length > 0) await tx.insert(driverTouches).values(failures.map(({ driverId }) => ({ driverId })))
  return failures
}

type Row = typeof driverStatisticsTable.$inferInsert

function rowsOf(driverId: string, trips: readonly DriverTrip[]): Row[] {
  if (trips.length === 0) return []
  const untilMs = trips.reduce((latest, { endAt }) => Math.max(latest, endAt), Number.NEGATIVE_INFINITY)
  const insured = trips.findLast(({ ownPolicyId }) => ownPolicyId !== null)
  return statisticsDays.map((days) => {
    const fromMs = untilMs - days * dayMs
    const of = trips.filter(({ startAt }) => startAt > fromMs)
    const statistics = driverStatistics(of)
    const times = { fromAt: new Date(fromMs), untilAt: new Date(untilMs) }
    const sums = Buffer.from(packStatistics(statistics).buffer)
    const newest = { tripId: insured?.id ?? null, policyId: insured?.ownPolicyId ?? null }
    return { driverId, days, ...times, trips: statistics.trips, statistics, sums, tripRows: of.length, ...newest }
  })
}

async function keep(tx: Database, rows: Row[]): Promise<void> {
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
        sums: sql`excluded.sums`,
        tripRows: sql`excluded.trip_rows`,
        tripId: sql`excluded.trip_id`,
        policyId: sql`excluded.policy_id`,
        updatedAt: sql`now()`,
      },
    })
}
