import { maxPathPoints, type PathPoint } from '@fairmile/contract/http/trips.ts'
import { eq, type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'

/** How far the clock of a second may be from its trip's, ms: a car that wakes from a long sleep takes a while to know the time. */
const slackMs = 24 * 3600 * 1000

/** A trip whose first second is of its own boot and no later than this, ms, was told by no boot before. */
const wholeMs = 5_000

const moment = (ms: number): SQL => sql`${new Date(ms).toISOString()}::timestamptz`

/**
 * The path of a trip in at most 500 points: runs of equal length, each with its first position, mean speed, and the
 * accelerations and live risk of the largest magnitude.
 *
 * A running trip has no last sequence number yet: its path goes to the newest event of its boot. Of a trip that lost its power
 * on the way, what was told by earlier boots is found by time. The bounds of `at` keep other months' partitions out of it.
 */
export async function tripPath(db: Database, tripId: string): Promise<PathPoint[]> {
  const [trip] = await db.select().from(trips).where(eq(trips.id, tripId))
  if (!trip) return []
  const start = trip.startAt.getTime()
  const end = trip.endAt?.getTime() ?? start
  const fields = sql.raw(
    'boot_id, seq, at, lat, lon, speed_mps, a_long_min, a_long_max, a_lat_min, a_lat_max, live_risk, limit_kmh',
  )
  const ofBoot = sql`SELECT ${fields} FROM telematics_events WHERE device_id = ${trip.deviceId} AND boot_id = ${trip.bootId}`
  const seconds =
    trip.firstSeq === null || trip.lastSeq === null
      ? sql`${ofBoot} AND at >= ${moment(start)}`
      : sql`${ofBoot} AND seq BETWEEN ${trip.firstSeq} AND ${trip.lastSeq}
            AND at BETWEEN ${moment(start - slackMs)} AND ${moment(end + slackMs)}
          UNION ALL
          SELECT ${fields} FROM telematics_events WHERE device_id = ${trip.deviceId} AND boot_id < ${trip.bootId}
            AND at BETWEEN ${moment(start)} AND ${moment(end)}
            AND NOT EXISTS (${ofBoot} AND seq = ${trip.firstSeq}
              AND at BETWEEN ${moment(start - slackMs)} AND ${moment(start + wholeMs)})`
  const points = await selectRows<PathPoint & Record<string, unknown>>(
    db,
    sql`
      WITH numbered AS (
        SELECT *, row_number() OVER (ORDER BY boot_id, seq) - 1 AS n, count(*) OVER () AS total
        FROM (${seconds}) AS seconds
      )
      SELECT extract(epoch FROM min(at) - ${moment(start)})::float8 AS "tS",
        (min(ARRAY[n, lat, lon]) FILTER (WHERE lat IS NOT NULL))[2] AS lat,
        (min(ARRAY[n, lat, lon]) FILTER (WHERE lat IS NOT NULL))[3] AS lon,
        round(avg(speed_mps)::numeric, 2)::float8 AS "speedMps",
        CASE WHEN max(a_long_max) >= -min(a_long_min) THEN max(a_long_max) ELSE min(a_long_min) END AS "aLong",
        CASE WHEN max(a_lat_max) >= -min(a_lat_min) THEN max(a_lat_max) ELSE min(a_lat_min) END AS "aLat",
        max(live_risk) AS risk,
        (min(ARRAY[n, limit_kmh]))[2] AS "limitKmh"
      FROM numbered
      GROUP BY n / ((total + ${maxPathPoints - 1}) / ${maxPathPoints})
      ORDER BY min(n)`,
  )
  return points
}
