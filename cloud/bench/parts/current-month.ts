import { sql } from 'drizzle-orm'
import type { Database } from '../../src/db/database.ts'
import { touchTrips } from '../../src/trips/touch-trips.ts'
import { deviceOf, type FleetTrip, firstMonth } from './fleet-year.ts'

/** Of those who drive much: few, for the rows are beside those of the year. */
const drivers = 4
/** Thirty hours: three trips of 20 minutes on each of thirty days. */
const days = 30
const hours = [7, 12, 17]
const tripS = 1200

/**
 * The trips of a month of thirty hours, driven by some who come after the others.
 *
 * @param after how many drivers and months the year has
 */
export function currentTrips(after: { drivers: number; months: number }): FleetTrip[] {
  const fromMs = Date.UTC(firstMonth.year, firstMonth.month + after.months, 1)
  return Array.from({ length: drivers }, (_, n) =>
    Array.from({ length: days * hours.length }, (_, trip) => ({
      ...{ id: `TRP-NOW-${n}-${trip}`, driver: after.drivers + n, boot: trip + 1, rows: tripS },
      startMs: fromMs + (Math.floor(trip / hours.length) * 24 + hours[trip % hours.length]!) * 3_600_000,
    })),
  ).flat()
}

/** Leaves them as a month is that is not over: the last trip of each has not settled, and of one in the middle late seconds wait to be looked at. */
export async function leaveCurrent(db: Database, trips: readonly FleetTrip[]): Promise<void> {
  const settling = trips.filter(({ boot }) => boot === days * hours.length).map(({ id }) => id)
  await db.execute(sql`
    UPDATE trip_digests SET due_at = greatest(now(), end_at + interval '25 hours'), path = NULL, bins = NULL
    WHERE trip_id = ANY(${sql.param(settling)}::text[])`)
  const late = trips.filter(({ boot }) => boot === (days * hours.length) / 2)
  const part = { firstSeq: 1, lastSeq: 60 }
  await touchTrips(
    db,
    late.map(({ driver, boot, startMs }) => ({
      ...{ deviceId: deviceOf(driver), boot, fromMs: startMs, toMs: startMs + 60_000, ...part },
    })),
  )
}
