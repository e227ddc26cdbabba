import { type SQL, sql } from 'drizzle-orm'
import { longestTripHours } from './longest-trip.ts'

/**
 * The end of a driver's newest trip, whole milliseconds; null before the first. Looked for among the trips that began within the length of the longest
 * before the newest start: whatever began before that had ended by then. So a driver of years is read like one of a week, by the start that the index has.
 */
const newestEnd = (driverId: SQL): SQL => sql`(
  SELECT date_trunc('milliseconds', max(ending.end_at)) FROM trips ending
  WHERE ending.driver_id = ${driverId} AND ending.statistics IS NOT NULL AND ending.start_at >= (
    SELECT max(begun.start_at) FROM trips begun WHERE begun.driver_id = ${driverId} AND begun.statistics IS NOT NULL
  ) - make_interval(hours => ${longestTripHours}))`

/**
 * From when on the trips of a driver are recent, that moment not included: so many days before the end of the newest one. Null before the first.
 *
 * @param driverId an SQL expression
 */
export const recentSince = (driverId: SQL, days: number): SQL =>
  sql`(${newestEnd(driverId)} - make_interval(secs => ${days * 86_400}))`
