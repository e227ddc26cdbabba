import { type FleetPoint, maxFleetPoints } from '@fairmile/contract/http/telematics.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'

const hourMs = 3_600_000

/**
 * The devices that drove in the hour from a moment (UTC epoch ms) on: 500 at most, those of the highest live risk.
 *
 * One partition is opened, and in it BRIN leaves the pages of that hour.
 */
export async function fleetHour(db: Database, fromMs: number): Promise<FleetPoint[]> {
  const [from, to] = [fromMs, fromMs + hourMs].map((ms) => sql`${new Date(ms).toISOString()}::timestamptz`)
  return selectRows<FleetPoint & Record<string, unknown>>(
    db,
    sql`
      WITH hour AS (
        SELECT device_id, at, lat, lon, heading_deg, speed_mps,
          row_number() OVER by_device AS n, count(*) OVER of_device AS seconds,
          avg(speed_mps) OVER of_device AS mean, max(live_risk) OVER of_device AS risk
        FROM telematics_events
        WHERE at >= ${from} AND at < ${to}
        WINDOW of_device AS (PARTITION BY device_id), by_device AS (PARTITION BY device_id ORDER BY at DESC)
      )
      SELECT device_id AS "deviceId", to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
        lat, lon, heading_deg AS "headingDeg", speed_mps AS "speedMps", seconds::int AS seconds,
        round(mean::numeric, 2)::float8 AS "speedMeanMps", risk AS "riskMax"
      FROM hour WHERE n = 1 ORDER BY risk DESC NULLS LAST, device_id LIMIT ${maxFleetPoints}`,
  )
}
