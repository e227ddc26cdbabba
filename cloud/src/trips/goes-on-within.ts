import { type SQL, sql } from 'drizzle-orm'
import { longestTripHours } from './longest-trip.ts'

/**
 * The trip `t`, which has ended, goes on within a time, both ends included. It began no longer before than the longest trip takes: without that word
 * all trips before would be read for their ends.
 */
export const goesOnWithin = (from: SQL, to: SQL): SQL =>
  sql`(t.start_at >= ${from} - make_interval(hours => ${longestTripHours}) AND t.start_at <= ${to} AND t.end_at >= ${from})`
