import { type MonthPoint, monthPointMinutes } from '@fairmile/contract/http/telematics.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { addMonths } from '../db/partitions.ts'

/** A trip that began so long before a month may still go on in it, days. */
const longestTripDays = 2

/**
 * What a driver drove in a month (`YYYY-MM`, UTC), an hour and a half a point.
 *
 * Who drove is the trip's to say. Its seconds are those of its device in its time, whichever boot told them; the device's seconds of the
 * month are read once, in the order of the key. The bounds of `at` are constants, so that only the partition of the month is opened.
 */
export async function driverMonth(db: Database, driverId: string, month: string): Promise<MonthPoint[]> {
  const from = sql`${`${month}-01T00:00:00Z`}::timestamptz`
  // Worked out here: the planner leaves out the months behind a constant, not those behind a sum.
  const to = sql`${`${addMonths(month, 1)}-01T00:00:00Z`}::timestamptz`
  return selectRows<MonthPoint & Record<string, unknown>>(
    db,
    sql`
      WITH driven AS MATERIALIZED (
        SELECT device_id, boot_id, start_at, end_at FROM trips
        WHERE driver_id = ${driverId} AND start_at >= ${from} - make_interval(days => ${longestTripDays}) AND start_at < ${to}
      )
      SELECT to_char(bin AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, count(*)::int AS seconds,
        round(avg(speed_mps)::numeric, 2)::float8 AS "speedMeanMps", max(speed_mps) AS "speedMaxMps",
        min(a_long_min) AS "aLongMin", max(a_long_max) AS "aLongMax",
        greatest(max(a_lat_max), -min(a_lat_min)) AS "aLatMax",
        round(avg(live_risk)::numeric, 1)::float8 AS "riskMean", max(live_risk) AS "riskMax"
      FROM (
        SELECT date_bin(make_interval(mins => ${monthPointMinutes}), e.at, ${from}) AS bin,
          speed_mps, a_long_min, a_long_max, a_lat_min, a_lat_max, live_risk
        FROM telematics_events e
        WHERE e.device_id IN (SELECT device_id FROM driven) AND e.at >= ${from} AND e.at < ${to}
          AND EXISTS (
            SELECT FROM driven t WHERE t.device_id = e.device_id AND e.at >= t.start_at
              AND CASE WHEN t.end_at IS NULL THEN e.boot_id = t.boot_id ELSE e.at <= t.end_at END)
      ) AS seconds
      GROUP BY bin ORDER BY bin`,
  )
}
