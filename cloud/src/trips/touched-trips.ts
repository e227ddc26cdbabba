import { inArray, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'
import type { Stretch } from './digests.ts'
import { goesOnWithin } from './goes-on-within.ts'
import { inStretch, timesOf } from './stretch-of-boot.ts'
import type { TripRow } from './trip-versions.ts'

/** The car's trips with telematics among what was touched: in the same boot by number, in another by time. */
export async function touchedTrips(
  tx: Database,
  { deviceId, bootId }: { deviceId: string; bootId: number },
  ranges: readonly Stretch[],
): Promise<TripRow[]> {
  if (ranges.length === 0) return []
  const firsts = sql.param(ranges.map(({ firstSeq }) => firstSeq))
  const lasts = sql.param(ranges.map(({ lastSeq }) => lastSeq))
  const stretch = inStretch({
    deviceId,
    bootId,
    firstSeq: Math.min(...firsts.value),
    lastSeq: Math.max(...lasts.value),
  })
  const ids = await selectRows<{ id: string }>(
    tx,
    sql`
      WITH times AS MATERIALIZED (${timesOf(stretch)})
      SELECT t.id FROM unnest(${firsts}::int8[], ${lasts}::int8[]) AS r (first_seq, last_seq)
      JOIN trips t ON t.device_id = ${deviceId} AND t.boot_id = ${bootId} AND t.version > 0 AND t.source = 'car'
        AND t.first_seq <= r.last_seq AND t.last_seq >= r.first_seq
      UNION
      SELECT t.id FROM times JOIN trips t ON t.device_id = ${deviceId} AND t.boot_id <> ${bootId} AND t.version > 0
        AND t.source = 'car' AND ${goesOnWithin(sql`times.from_at`, sql`times.to_at`)}`,
  )
  const wanted = ids.map(({ id }) => id)
  return wanted.length === 0 ? [] : tx.select().from(trips).where(inArray(trips.id, wanted))
}
