import { type SQL, sql } from 'drizzle-orm'

/**
 * Of a row of `corrected_events`: whether its event may count by that limit; of those the newest does. One that was upheld by putting its limit right is
 * never judged by a lower one than that ruling said: the driver has been told what it counts as, and a correction takes nothing from a driver.
 */
export const limitMayCount: SQL<boolean> = sql`NOT EXISTS (
  SELECT FROM contests own JOIN limit_corrections told ON told.contest_id = own.id
  WHERE own.event_id = corrected_events.event_id AND told.limit_kmh > corrected_events.limit_kmh)`
