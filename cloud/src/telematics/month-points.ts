import { monthPointMinutes } from '@fairmile/contract/http/telematics.ts'
import { type SQL, sql } from 'drizzle-orm'

/** The point that a second falls into. Every month begins with one: as they are told from midnight UTC on, a day has a whole number of them. */
const bin = `date_bin(make_interval(mins => ${monthPointMinutes}), at, '2000-01-01T00:00:00Z'::timestamptz)`

/** The sums of seconds by point, as they can be merged; the columns of `trip_bin`. @param seconds a FROM and WHERE */
export const binSums = (seconds: SQL): SQL => sql`
  SELECT ${sql.raw(bin)} AS at, count(*)::int AS seconds,
    count(speed_mps)::int AS speed_n, sum(speed_mps::float8) AS speed_sum, max(speed_mps) AS speed_max,
    min(a_long_min) AS a_long_min, max(a_long_max) AS a_long_max, greatest(max(a_lat_max), -min(a_lat_min)) AS a_lat_max,
    count(live_risk)::int AS risk_n, sum(live_risk::float8) AS risk_sum, max(live_risk) AS risk_max
  ${seconds}
  GROUP BY 1 ORDER BY 1`

/**
 * The points of a month from sums that are merged here.
 *
 * Sums of `real` in double precision are exact at the resolution of the wire (hundredths to 655 m/s, tenths to 100): a month of them has 51 bits.
 * So the means are the same however they were added up.
 */
export const monthPoints = (sums: string): SQL =>
  sql.raw(`
  SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at, sum(seconds)::int AS seconds,
    round((sum(speed_sum) / nullif(sum(speed_n), 0))::numeric, 2)::float8 AS "speedMeanMps", max(speed_max) AS "speedMaxMps",
    min(a_long_min) AS "aLongMin", max(a_long_max) AS "aLongMax", max(a_lat_max) AS "aLatMax",
    round((sum(risk_sum) / nullif(sum(risk_n), 0))::numeric, 1)::float8 AS "riskMean", max(risk_max) AS "riskMax"
  FROM ${sums} AS sums GROUP BY sums.at ORDER BY sums.at`)
