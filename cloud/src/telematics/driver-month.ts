import type { MonthPoint } from '@fairmile/contract/http/telematics.ts'
import { type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { addMonths } from '../db/partitions.ts'
import { isTrue } from '../trips/digests.ts'
import { binSums, monthPoints } from './month-points.ts'

/** A trip that began so long before a month may still go on in it, days. */
const longestTripDays = 2

/** The points as one value: they are many fields, of which a driver makes many. */
const allPoints = sql`SELECT json_agg(points) FROM (${monthPoints('sums')}) AS points`

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
 * trip; those of a trip without a true one, and of trips that overlap (a second counts once), are read themselves.
 */
export async function driverMonth(db: Database, driverId: string, month: string): Promise<MonthPoint[]> {
  const of = monthOf(driverId, month)
  const driven = withDigests(of)
  const fromDigests = sql`
    SELECT b.* FROM driven, unnest(bins) AS b WHERE b.at >= ${of.from} AND b.at < ${of.to}`
  const [found] = await selectRows<{ points: MonthPoint[] | null; rest: boolean }>(
    db,
    sql`
      WITH driven AS MATERIALIZED (${driven}), sums AS (${fromDigests})
      SELECT (${allPoints}) AS points, EXISTS (SELECT FROM driven WHERE bins IS NULL) AS rest`,
  )
  if (found && !found.rest) return found.points ?? []
  return selectRows<MonthPoint & Record<string, unknown>>(
    db,
    sql`
      WITH driven AS MATERIALIZED (${driven}), sums AS (${fromDigests} UNION ALL (${sumsOfSeconds(of, 'bins IS NULL')}))
      ${monthPoints('sums')}`,
  )
}

/** The same, from the seconds alone. */
export function monthOfSeconds(db: Database, driverId: string, month: string): Promise<MonthPoint[]> {
  const of = monthOf(driverId, month)
  return selectRows<MonthPoint & Record<string, unknown>>(
    db,
    sql`
      WITH driven AS MATERIALIZED (${tripsOf(of, sql`device_id, boot_id, start_at, end_at`)}), sums AS (${sumsOfSeconds(of, 'true')})
      ${monthPoints('sums')}`,
  )
}

const tripsOf = ({ driverId, from, to }: Month, columns: SQL): SQL => sql`
  SELECT ${columns} FROM trips t
  WHERE driver_id = ${driverId} AND start_at >= ${from} - make_interval(days => ${longestTripDays}) AND start_at < ${to}`

/** The trips of a month with what falls into its points; null where their seconds are to be read. */
const withDigests = (of: Month): SQL => sql`
  SELECT device_id, boot_id, start_at, end_at,
    CASE WHEN coalesce(ended_before < start_at, true) AND coalesce(next_start > end_at, next_start IS NULL) THEN bins END AS bins
  FROM (
    SELECT t.device_id, t.boot_id, t.start_at, t.end_at, d.bins,
      max(coalesce(t.end_at, 'infinity')) OVER (by_start ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ended_before,
      lead(t.start_at) OVER by_start AS next_start
    FROM (${tripsOf(of, sql`*`)}) AS t LEFT JOIN trip_digests d ON ${isTrue}
    WINDOW by_start AS (PARTITION BY t.device_id ORDER BY t.start_at, t.id)
  ) AS placed`

/** The device's seconds of the month are read once, in the order of the key. The bounds of `at` are constants, so that only the partition of the month is opened. */
const sumsOfSeconds = ({ from, to }: Month, which: string): SQL =>
  binSums(sql`
    FROM telematics_events e
    WHERE e.device_id IN (SELECT device_id FROM driven WHERE ${sql.raw(which)}) AND e.at >= ${from} AND e.at < ${to}
      AND EXISTS (
        SELECT FROM driven t WHERE ${sql.raw(which)} AND t.device_id = e.device_id AND e.at >= t.start_at
          AND CASE WHEN t.end_at IS NULL THEN e.boot_id = t.boot_id ELSE e.at <= t.end_at END)`)
