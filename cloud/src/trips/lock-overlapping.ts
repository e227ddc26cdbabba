import type { TripRecord } from '@fairmile/contract/trip.ts'
import { sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { rowsAs } from '../db/rows-as.ts'
import { longestTripHours } from './longest-trip.ts'

/**
 * Locks the trips of a device that records of it may change: their own, those at the same time, and those that were held to overlap them. In one order, and before the
 * first of them is told of: whoever says who drove or rules on it holds a trip before the line of its driver, too.
 *
 * `OFFSET` and the array keep the planner from reading all trips of the device, or all of the time: of times that it does not know beforehand it expects very many.
 */
export async function lockOverlapping(tx: Database, deviceId: string, told: readonly TripRecord[]): Promise<void> {
  if (told.length === 0) return
  const rows = rowsAs('r', told, {
    id: ['text', ({ id }) => id],
    from_ms: ['float8', ({ startAt }) => startAt],
    to_ms: ['float8', ({ endAt }) => endAt],
  })
  const longest = sql`make_interval(hours => ${longestTripHours})`
  await tx.execute(sql`
    WITH told AS MATERIALIZED (SELECT id, to_timestamp(from_ms / 1000) AS from_at, to_timestamp(to_ms / 1000) AS to_at FROM ${rows}),
    times AS MATERIALIZED (SELECT unnest(range_agg(tstzrange(from_at - ${longest}, to_at, '[]'))) AS during FROM told)
    SELECT trips.id FROM trips WHERE id = ANY(ARRAY(
      SELECT id FROM told
      UNION ALL
      SELECT t.id FROM times CROSS JOIN LATERAL (
        SELECT * FROM trips WHERE device_id = ${deviceId} AND start_at >= lower(during) AND start_at <= upper(during) OFFSET 0
      ) t
      WHERE t.end_at >= lower(during) + ${longest} AND t.version > 0
        AND (t.overlaps_id IS NULL OR t.driver_id IS NOT NULL OR t.policy_id IS NOT NULL)
      UNION ALL
      SELECT t.id FROM told JOIN trips t ON t.overlaps_id = told.id AND t.device_id = ${deviceId}
    )) AND device_id = ${deviceId} ORDER BY id FOR UPDATE`)
}
