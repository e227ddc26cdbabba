import { type FleetPoint, maxFleetPoints } from '@fairmile/contract/http/telematics.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'

const hourMs = 3_600_000

/**
 * The devices that drove in the hour from a moment (UTC epoch ms) on: 500 at most, those of the highest live risk.
 *
 * One partition is opened, and in it BRIN leaves the pages of that hour. They are read twice, once to add up and once for where each device was
 * last: sorting the seconds of a busy hour by device and time takes longer. `OFFSET` keeps the planner from looking devices up one by one.
 */
export async function fleetHour(db: Database, fromMs: number): Promise<FleetPoint[]> {
  const [from, to] = [fromMs, fromMs + hourMs].map((ms) => sql`${new Date(ms).toISOString()}::timestamptz`)
  return selectRows<FleetPoint & Record<string, unknown>>(
    db,
    sql`
      WITH drove AS MATERIALIZED (
        SELECT device_id, max(at) AS at, count(*)::int AS seconds, avg(speed_mps) AS mean, max(live_risk) AS risk
        FROM telematics_events WHERE at >= ${from} AND at < ${to}
        GROUP BY device_id ORDER BY risk DESC NULLS LAST, device_id LIMIT ${maxFleetPoints}
      )
      SELECT DISTINCT ON (risk, device_id)
        device_id AS "deviceId", to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
        lat, lon, heading_deg AS "headingDeg", speed_mps AS "speedMps", seconds,
        round(mean::numeric, 2)::float8 AS "speedMeanMps", risk AS "riskMax"
      FROM drove JOIN (
        SELECT device_id, boot_id, seq, at, lat, lon, heading_deg, speed_mps
        FROM telematics_events WHERE at >= ${from} AND at < ${to} OFFSET 0
      ) AS last USING (device_id, at)
      ORDER BY risk DESC NULLS LAST, device_id, boot_id DESC, seq DESC`,
  )
}
