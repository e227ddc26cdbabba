import { type SQL, sql } from 'drizzle-orm'
import { longestTripHours } from './longest-trip.ts'

/**
 * The end of a driver's newest trip that was not told ahead of its time, whole milliseconds; null before the first. Looked for among the trips that began within the length of the longest
 * before the newest start: whatever began before that had ended by then. So a driver of years is read like one of a week, by the start that the index has.
 */
const newestEnd = (driverId: SQL): SQL => sql`(
  SELECT date_trunc('milliseconds', max(ending.end_at)) FROM trips ending
  WHERE ending.driver_id = ${driverId} AND ending.statistics IS NOT NULL AND NOT ending.told_ahead AND ending.start_at >= (
    SELECT max(begun.start_at) FROM trips begun WHERE begun.driver_id = ${driverId} AND begun.statistics IS NOT NULL AND NOT begun.told_ahead
  ) - make_interval(hours => ${longestTripHours}))`

/** The end of one trip, where that may end a window. */
const endOf = (tripId: string): SQL => sql`(
  SELECT date_trunc('milliseconds', one.end_at) FROM trips one
  WHERE one.id = ${tripId} AND one.statistics IS NOT NULL AND NOT one.told_ahead)`

/**
 * Which rows of `trips` are recent trips of a driver: those that began in so many days before the end of the newest one, that moment not included. None before
 * the first. A box whose clock is ahead would put an end to all windows before its time comes: trips that were told ahead of it are in none, then or later, so that what was
 * added up once and what is added up anew are the same.
 *
 * @param driverId an SQL expression
 * @param options.withTrip id of a trip that is looked upon as one of the driver's
 */
export const isRecent = (driverId: SQL, days: number, { withTrip }: { withTrip?: string | undefined } = {}): SQL => {
  const newest =
    withTrip === undefined ? newestEnd(driverId) : sql`greatest(${newestEnd(driverId)}, ${endOf(withTrip)})`
  return sql`(trips.start_at > ${newest} - make_interval(secs => ${days * 86_400}) AND NOT trips.told_ahead)`
}
