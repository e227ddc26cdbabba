import type { MonthPoint } from '@fairmile/contract/http/telematics.ts'
import { type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { addMonths } from '../db/partitions.ts'
import { isTrue } from '../trips/digests.ts'
import { longestTripHours } from '../trips/longest-trip.ts'
import { binSums, monthPoints } from './month-points.ts'

/** A trip that began so long before a month may still go on in it, days. */
const longestTripDays = Math.ceil(longestTripHours / 24)
/** Trips that are no further apart are read together: those of the last day, which have no digest yet. Hours, as a day may have 23. */
const near = sql.raw(`interval '24 hours'`)
/** No boot has a higher number. */
const lastBoot = '9223372036854775807'

interface Month {
  driverId: string
  from: SQL
  to: SQL
}

function monthOf(driverId: string, month: string): Month {
  const from = sql`${`${month}-01T00:00:00Z`}::timestamptz`
  // Worked out here: the planner leaves out the months behind a constant, not those behind a sum.
  return { driverId, from, to: sql`${`${addMonths(month, 1)}-01T00:00:00Z`}::timestamptz` }
}

/**
 * What a driver drove in a month (`YYYY-MM`, UTC), an hour and a half a point.
 *
 * Who drove is the trip's to say. Its seconds are those of its device in its time, whichever boot told them. They are added up in the digest of the
 * trip; those of a trip without a true one, and of trips that overlap (a second counts once), are read themselves, and no other trip's with them.
 * A month of digests alone is asked for without a word of the seconds: planning for their partitions takes longer than the rest.
 */
export async function driverMonth(db: Database, driverId: string, month: string): Promise<MonthPoint[]> {
  const of = monthOf(driverId, month)
  const [digested] = await selectRows<{ points: MonthPoint[] | null; whole: boolean }>(
    db,
    sql`
      WITH driven AS MATERIALIZED (${withDigests(of)}), sums AS (${sumsOfDigests(of)})
      SELECT json_agg(points) AS points, NOT EXISTS (SELECT FROM driven WHERE bins IS NULL) AS whole
      FROM (${monthPoints('sums')}) AS points`,
  )
  if (digested?.whole === true) return digested.points ?? []
  const [found] = await selectRows<{ points: MonthPoint[] | null }>(
    db,
    sql`
      WITH driven AS MATERIALIZED (${withDigests(of)}), unread AS MATERIALIZED (${unreadWindows(of)}),
        sums AS (${sumsOfDigests(of)} UNION ALL (${binSums(secondsOfWindows(of))}))
      SELECT json_agg(points) AS points FROM (${monthPoints('sums')}) AS points`,
  )
  return found?.points ?? []
}

const sumsOfDigests = ({ from, to }: Month): SQL =>
  sql`SELECT b.* FROM driven, unnest(bins) AS b WHERE b.at >= ${from} AND b.at < ${to}`

/** The same, from the seconds alone. */
export function monthOfSeconds(db: Database, driverId: string, month: string): Promise<MonthPoint[]> {
  const of = monthOf(driverId, month)
  return selectRows<MonthPoint & Record<string, unknown>>(
    db,
    sql`
      WITH driven AS MATERIALIZED (${tripsOf(of, sql`device_id, boot_id, start_at, end_at`)}), sums AS (${sumsOfSeconds(of)})
      ${monthPoints('sums')}`,
  )
}

const tripsOf = ({ driverId, from, to }: Month, columns: SQL): SQL => sql`
  SELECT ${columns} FROM trips t
  WHERE driver_id = ${driverId} AND start_at >= ${from} - make_interval(days => ${longestTripDays}) AND start_at < ${to}`

/** The trips of a month with what falls into its points; null where their seconds are to be read. Those that run are no matter to those that ended. */
const withDigests = (of: Month): SQL => sql`
  SELECT device_id, boot_id, start_at, end_at,
    CASE WHEN coalesce(ended_before < start_at, true) AND coalesce(next_start > end_at, true) THEN bins END AS bins
  FROM (
    SELECT t.device_id, t.boot_id, t.start_at, t.end_at, d.bins,
      max(t.end_at) OVER (by_start ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ended_before,
      lead(t.start_at) OVER by_start AS next_start
    FROM (${tripsOf(of, sql`*`)}) AS t LEFT JOIN trip_digests d ON ${isTrue}
    WINDOW by_start AS (PARTITION BY t.device_id, t.end_at IS NULL ORDER BY t.start_at, t.id)
  ) AS placed`

/**
 * Of each device the times whose seconds are to be read, none twice: those of ended trips in any boot, those of a running one in its boot. Those
 * that are near each other are one window.
 */
const unreadWindows = ({ from, to }: Month): SQL => sql`
  WITH ended AS (
    SELECT device_id, range_agg(span) AS spans, range_agg(span) FILTER (WHERE bins IS NULL) AS unread,
      range_agg(tstzrange(start_at, end_at + ${near}, '[]')) FILTER (WHERE bins IS NULL) AS windows
    FROM (SELECT *, tstzrange(start_at, end_at, '[]') AS span FROM driven WHERE end_at >= start_at) AS trips
    GROUP BY device_id
  ), running AS (
    SELECT device_id, boot_id, tstzmultirange(tstzrange(greatest(min(start_at), ${from}), ${to})) AS spans
    FROM driven WHERE end_at IS NULL GROUP BY device_id, boot_id
  )
  SELECT device_id, 0 AS first_boot, ${sql.raw(lastBoot)} AS last_boot, unread AS spans, lower(w) AS from_at, upper(w) - ${near} AS to_at
  FROM ended, unnest(windows) AS w
  UNION ALL
  SELECT device_id, boot_id, boot_id, spans, lower(spans), upper(spans)
  FROM (
    SELECT device_id, boot_id, running.spans - coalesce(ended.spans, '{}') AS spans FROM running LEFT JOIN ended USING (device_id)
  ) AS runs`

/**
 * The seconds of those times. For each window the key's entries of the device are looked through, and rows fetched of its time alone: `OFFSET` keeps
 * the planner from fetching all to join them. The bounds of the month are constants, so that only its partition is opened.
 */
const secondsOfWindows = ({ from, to }: Month): SQL => sql`
  FROM unread u CROSS JOIN LATERAL (
    SELECT e.* FROM telematics_events e
    WHERE e.device_id = u.device_id AND e.boot_id BETWEEN u.first_boot AND u.last_boot AND e.at BETWEEN u.from_at AND u.to_at
      AND u.spans @> e.at AND e.at >= ${from} AND e.at < ${to}
    OFFSET 0
  ) AS seconds`

/** The device's seconds of the month are read once, in the order of the key. */
const sumsOfSeconds = ({ from, to }: Month): SQL =>
  binSums(sql`
    FROM telematics_events e
    WHERE e.device_id IN (SELECT device_id FROM driven) AND e.at >= ${from} AND e.at < ${to}
      AND EXISTS (
        SELECT FROM driven t WHERE t.device_id = e.device_id AND e.at >= t.start_at
          AND CASE WHEN t.end_at IS NULL THEN e.boot_id = t.boot_id ELSE e.at <= t.end_at END)`)
