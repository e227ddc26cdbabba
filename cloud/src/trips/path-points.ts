import { maxPathPoints } from '@fairmile/contract/http/trips.ts'
import { type SQL, sql } from 'drizzle-orm'

/** How far the clock of a second may be from its trip's, h: a car that wakes from a long sleep takes a while to know the time. */
export const slackHours = 24
/** A trip whose own boot begins to tell no later than this after its start, s, was told by no boot before. */
export const wholeS = 5

/** What finds the seconds of an ended trip, as constants or as columns; of a query for one trip constants, which open its months alone. */
export interface EndedTerms {
  deviceId: SQL
  bootId: SQL
  firstSeq: SQL
  lastSeq: SQL
  startAt: SQL
  endAt: SQL
  /** The bounds of its own seconds, `slackHours` before and after. */
  earliest: SQL
  latest: SQL
  /** `wholeS` after the start. */
  wholeBy: SQL
}

const fields = sql.raw(
  'boot_id, seq, at, lat, lon, speed_mps, a_long_min, a_long_max, a_lat_min, a_lat_max, live_risk, limit_kmh',
)

/** Seconds of the boot of a trip. */
export const secondsOfBoot = ({ deviceId, bootId }: Pick<EndedTerms, 'deviceId' | 'bootId'>): SQL =>
  sql`SELECT true AS own, ${fields} FROM telematics_events WHERE device_id = ${deviceId} AND boot_id = ${bootId}`

/**
 * The seconds of an ended trip: its own by number; of one that lost its power on the way, what other boots told by time until its own begins to tell.
 * Ids of boots have no order between two outboxes of a device, so that any other boot may be one before.
 */
export const secondsOfEnded = (trip: EndedTerms): SQL => {
  const own = sql`seq BETWEEN ${trip.firstSeq} AND ${trip.lastSeq} AND at BETWEEN ${trip.earliest} AND ${trip.latest}`
  const from = sql`coalesce((
    SELECT at FROM telematics_events WHERE device_id = ${trip.deviceId} AND boot_id = ${trip.bootId} AND ${own} ORDER BY seq LIMIT 1), ${trip.endAt})`
  return sql`
    ${secondsOfBoot(trip)} AND ${own}
    UNION ALL
    SELECT false, ${fields} FROM telematics_events WHERE device_id = ${trip.deviceId} AND boot_id <> ${trip.bootId}
      AND at BETWEEN ${trip.startAt} AND ${trip.endAt} AND at <= ${from} AND ${from} > ${trip.wholeBy}`
}

/**
 * The path that seconds make, in at most 500 points: runs of equal length, each with its first position, mean speed, and the
 * accelerations and live risk of the largest magnitude.
 */
export const pathPoints = (seconds: SQL, startAt: SQL): SQL => sql`
  SELECT extract(epoch FROM min(at) - ${startAt})::float8 AS "tS",
    (min(ARRAY[n, lat, lon]) FILTER (WHERE lat IS NOT NULL))[2] AS lat,
    (min(ARRAY[n, lat, lon]) FILTER (WHERE lat IS NOT NULL))[3] AS lon,
    round(avg(speed_mps)::numeric, 2)::float8 AS "speedMps",
    CASE WHEN max(a_long_max) >= -min(a_long_min) THEN max(a_long_max) ELSE min(a_long_min) END AS "aLong",
    CASE WHEN max(a_lat_max) >= -min(a_lat_min) THEN max(a_lat_max) ELSE min(a_lat_min) END AS "aLat",
    max(live_risk) AS risk,
    (min(ARRAY[n, limit_kmh]))[2] AS "limitKmh"
  FROM (
    SELECT *, row_number() OVER (ORDER BY own, CASE WHEN NOT own THEN at END, boot_id, seq) - 1 AS n, count(*) OVER () AS total
    FROM (${seconds}) AS seconds
  ) AS numbered
  GROUP BY n / ((total + ${sql.raw(String(maxPathPoints - 1))}) / ${sql.raw(String(maxPathPoints))})
  ORDER BY min(n)`
