import type { DeviceChain } from '@fairmile/contract/http/device-care.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'

/** Lanes and boots that are told of, those that moved last: a device that boots ten times a day fills them in a month. */
const maxChains = 1_000
/** Holes and open ends that are told of each. */
const maxPlaces = 100

interface Row extends Record<string, unknown> {
  lane: string
  boot: number
  acked: number
  dropped: number
  rejected: number
  missing: [number, number][] | null
  ends: number[] | null
}

/**
 * Tells how complete a device's log is here, by lane and boot: what it says it dropped, what is a dead letter, which numbers are missing
 * and where the hash chain has an open end. A batch that nobody signed counts up to the ack alone: its numbers are a mere word. `raw` goes in pieces as they are asked for, so that nothing is missing of it. The account
 * starts behind the batches that were kept long enough (`db/retention.ts`).
 */
export async function deviceChains(db: Database, device: string): Promise<DeviceChain[]> {
  const rows = await selectRows<Row>(
    db,
    sql`
    WITH links AS (
      SELECT lane, boot_id, first_seq, CASE WHEN proven THEN last_seq ELSE least(last_seq, acked_seq) END AS last_seq,
        gap AS open, rejected IS NOT NULL AS rejected, NULL::int8 AS dropped
      FROM device_batches LEFT JOIN device_lanes USING (device_id, lane, boot_id)
      WHERE device_id = ${device} AND (proven OR first_seq <= acked_seq)
      UNION ALL
      SELECT lane, boot_id, first_seq, last_seq, open, false, dropped FROM device_gaps WHERE device_id = ${device}
    ), placed AS (
      SELECT links.*, greatest(0, l.retired_seq, max(last_seq) OVER (
        PARTITION BY links.lane, links.boot_id ORDER BY first_seq, last_seq
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS before
      FROM links LEFT JOIN device_lanes l ON l.device_id = ${device} AND l.lane = links.lane AND l.boot_id = links.boot_id
    ), chains AS (
      SELECT lane, boot_id, max(last_seq) AS seen, coalesce(sum(dropped), 0) AS dropped,
        coalesce(sum(greatest(last_seq - greatest(first_seq - 1, before), 0)) FILTER (WHERE rejected), 0) AS rejected,
        jsonb_agg(jsonb_build_array(before + 1, first_seq - 1) ORDER BY first_seq)
          FILTER (WHERE first_seq > before + 1 AND lane <> 'raw') AS missing,
        jsonb_agg(first_seq ORDER BY first_seq) FILTER (WHERE open AND lane <> 'raw') AS ends
      FROM placed GROUP BY lane, boot_id
    )
    SELECT c.lane, c.boot_id::float8 AS boot, coalesce(l.acked_seq, 0)::float8 AS acked, c.dropped::float8 AS dropped,
      c.rejected::float8 AS rejected, c.missing, c.ends
    FROM chains c LEFT JOIN device_lanes l ON l.device_id = ${device} AND l.lane = c.lane AND l.boot_id = c.boot_id
    ORDER BY l.updated_at DESC NULLS LAST, c.boot_id DESC, c.lane LIMIT ${maxChains}`,
  )
  return rows
    .map(({ lane, boot, acked, dropped, rejected, missing, ends }) => ({
      ...{ lane, boot: Number(boot), ackedSeq: Number(acked), dropped: Number(dropped), rejected: Number(rejected) },
      missing: (missing ?? []).slice(0, maxPlaces).map(([firstSeq, lastSeq]) => ({ firstSeq, lastSeq })),
      openEnds: (ends ?? []).slice(0, maxPlaces),
    }))
    .sort((one, other) => one.boot - other.boot || one.lane.localeCompare(other.lane))
}
