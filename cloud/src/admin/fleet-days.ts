import type { AdminOverview } from '@fairmile/contract/http/admin-overview.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'

type Day = AdminOverview['activity'][number]
type Kind = AdminOverview['events'][number]

/** What a fleet drove and what was judged in the days (UTC) that end with one, each day there even where nothing was; from covering indexes. */
export async function fleetDays(
  db: Database,
  { until, days }: { until: string; days: number },
): Promise<Pick<AdminOverview, 'activity' | 'events'>> {
  const last = sql`${until}::date`
  const first = sql`(${last} - ${days - 1}::int)`
  const from = sql`${first}::timestamp AT TIME ZONE 'UTC'`
  const to = sql`(${last} + 1)::timestamp AT TIME ZONE 'UTC'`
  const day = sql`(start_at AT TIME ZONE 'UTC')::date`
  const activity = await selectRows<Day & Record<string, unknown>>(
    db,
    sql`
      SELECT calendar.day::date::text AS day, coalesce(driven.trips, 0) AS trips, coalesce(driven.drivers, 0) AS drivers,
        coalesce(driven.km, 0) AS km, coalesce(driven.gradable, 0) AS "gradableKm"
      FROM generate_series(${first}, ${last}, interval '1 day') AS calendar (day)
      LEFT JOIN (
        SELECT ${day} AS day, count(*)::int AS trips, count(DISTINCT driver_id)::int AS drivers,
          round((sum(distance_m) / 1000)::numeric, 1)::float8 AS km,
          round((sum(gradable_m) / 1000)::numeric, 1)::float8 AS gradable
        FROM trips WHERE start_at >= ${from} AND start_at < ${to} AND end_at IS NOT NULL GROUP BY 1
      ) driven ON driven.day = calendar.day::date
      ORDER BY 1`,
  )
  const events = await selectRows<Kind & Record<string, unknown>>(
    db,
    sql`
      SELECT ${day}::text AS day, kind, count(*)::int AS events,
        (count(*) FILTER (WHERE grade = 'A' AND band = 'count'))::int AS counted
      FROM driving_events WHERE start_at >= ${from} AND start_at < ${to} GROUP BY 1, 2 ORDER BY 1, 2`,
  )
  return { activity, events }
}
