import { type MonthPoint, monthPointMinutes } from '@fairmile/contract/http/telematics.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { addMonths } from '../db/partitions.ts'

/** A trip that began so long before a month may still go on in it, days. */
const longestTripDays = 2

/**
 * What a driver drove in a month (`YYYY-MM`, UTC), an hour and a half a point.
 *
 * Who drove is the trip's to say: its seconds are found by the key, from its first to its last number. The bounds of `at` are
 * constants, so that only the partition of the month is opened. What an earlier boot told of a trip that lost its power is left out.
 */
export async function driverMonth(db: Database, driverId: string, month: string): Promise<MonthPoint[]> {
  const from = sql`${`${month}-01T00:00:00Z`}::timestamptz`
  // Worked out here: the planner leaves out the months behind a constant, not those behind a sum.
  const to = sql`${`${addMonths(month, 1)}-01T00:00:00Z`}::timestamptz`
  return selectRows<MonthPoint & Record<string, unknown>>(
    db,
    sql`
      SELECT to_char(bin AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, count(*)::int AS seconds,
        round(avg(speed_mps)::numeric, 2)::float8 AS "speedMeanMps", max(speed_mps) AS "speedMaxMps",
        min(a_long_min) AS "aLongMin", max(a_long_max) AS "aLongMax",
        greatest(max(a_lat_max), -min(a_lat_min)) AS "aLatMax",
        round(avg(live_risk)::numeric, 1)::float8 AS "riskMean", max(live_risk) AS "riskMax"
      FROM (
        SELECT date_bin(make_interval(mins => ${monthPointMinutes}), e.at, ${from}) AS bin,
          speed_mps, a_long_min, a_long_max, a_lat_min, a_lat_max, live_risk
        FROM trips t JOIN telematics_events e ON e.device_id = t.device_id AND e.boot_id = t.boot_id
          AND e.seq BETWEEN t.first_seq AND t.last_seq
        WHERE t.driver_id = ${driverId}
          AND t.start_at >= ${from} - make_interval(days => ${longestTripDays}) AND t.start_at < ${to}
          AND e.at >= ${from} AND e.at < ${to}
      ) AS driven
      GROUP BY bin ORDER BY bin`,
  )
}
