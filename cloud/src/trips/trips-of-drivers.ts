import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { inOrder } from '@fairmile/models/pricing/exposure.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { isRecent } from './is-recent.ts'

/** A trip that ended. */
export interface DriverTrip extends ReceiptTrip {
  /** The driver's own policy that it concerns, as `recordTripCompleted` has it: what it is on, or what they had on its UTC day where that is another's or none. */
  readonly ownPolicyId: string | null
}

interface TripRow extends Record<string, unknown> {
  driverId: string
  id: string
  ownPolicyId: string | null
  startMs: number
  endMs: number
  thresholdsHash: string
  statistics: TripStatistics
}

/**
 * The ended trips of drivers in the days before the end of each one's newest, in the order of receipts, by one query: of one driver the
 * same trips as `recentTrips` gives. Who has none is not in the answer. `OFFSET` keeps the planner from reading all trips to join them.
 */
export async function tripsOfDrivers(
  db: Database,
  { driverIds, days }: { driverIds: readonly string[]; days: number },
): Promise<Map<string, DriverTrip[]>> {
  const rows = await selectRows<TripRow>(
    db,
    sql`
      SELECT t.driver_id AS "driverId", t.id, t.thresholds_hash AS "thresholdsHash", t.statistics, COALESCE(p.id, ${policyOfDay}) AS "ownPolicyId",
        (extract(epoch FROM t.start_at) * 1000)::float8 AS "startMs", (extract(epoch FROM t.end_at) * 1000)::float8 AS "endMs"
      FROM unnest(${sql.param([...new Set(driverIds)])}::text[]) AS asked (driver_id)
      CROSS JOIN LATERAL (
        SELECT id, trips.driver_id, policy_id, start_at, end_at, thresholds_hash, statistics FROM trips
        WHERE trips.driver_id = asked.driver_id AND ${isRecent(sql`asked.driver_id`, days)}
          AND statistics IS NOT NULL AND thresholds_hash IS NOT NULL
        OFFSET 0
      ) t
      LEFT JOIN policies p ON p.id = t.policy_id AND p.driver_id = t.driver_id`,
  )
  const found = new Map<string, DriverTrip[]>()
  for (const { driverId, startMs, endMs, ...trip } of rows) {
    const trips = found.get(driverId) ?? []
    if (trips.length === 0) found.set(driverId, trips)
    trips.push({ ...trip, startAt: Math.floor(startMs), endAt: Math.floor(endMs) })
  }
  for (const [driverId, trips] of found) found.set(driverId, inOrder(trips) as DriverTrip[])
  return found
}

/** A policy that the driver of a trip `t` had on the UTC day on which it began, as `policyOf` gives it. */
const policyOfDay = sql`(
  SELECT o.id FROM policies o
  WHERE o.driver_id = t.driver_id AND (t.start_at AT TIME ZONE 'UTC')::date BETWEEN o.starts_on AND o.ends_on
  ORDER BY o.starts_on DESC, o.id DESC LIMIT 1)`
