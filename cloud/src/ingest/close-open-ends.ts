import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'

/** Open ends that are closed in one statement. */
const batch = 1_000

/**
 * Closes open ends of chains whose predecessor is on record after all, such as those of before lanes were locked (`lock-lanes.ts`). What
 * ingest holds just now is left for the next time.
 */
export async function closeStaleOpenEnds(
  db: Database,
  { signal }: { signal?: AbortSignal } = {},
): Promise<{ closed: number }> {
  let closed = 0
  for (const close of [closeBatches, closeGaps])
    for (let more = true; more && signal?.aborted !== true; ) {
      const rows = await close(db)
      closed += rows.length
      more = rows.length === batch
    }
  return { closed }
}

/** Something is on record that ends where `x` goes on. */
const follows = sql.raw(`(
  EXISTS (SELECT FROM device_batches y WHERE y.device_id = x.device_id AND y.lane = x.lane AND y.hash = x.previous_hash AND y.rejected IS NULL)
  OR EXISTS (SELECT FROM device_gaps y WHERE y.device_id = x.device_id AND y.lane = x.lane AND y.end_hash = x.previous_hash))`)

const closeBatches = (db: Database) =>
  selectRows(
    db,
    sql`
    UPDATE device_batches b SET gap = false FROM (
      SELECT x.device_id, x.lane, x.boot_id, x.first_seq FROM device_batches x
      WHERE x.gap AND ${follows} LIMIT ${batch} FOR UPDATE OF x SKIP LOCKED) AS stale
    WHERE (b.device_id, b.lane, b.boot_id, b.first_seq) = (stale.device_id, stale.lane, stale.boot_id, stale.first_seq)
    RETURNING 1 AS closed`,
  )

const closeGaps = (db: Database) =>
  selectRows(
    db,
    sql`
    UPDATE device_gaps b SET open = false FROM (
      SELECT x.device_id, x.lane, x.boot_id, x.first_seq FROM device_gaps x
      WHERE x.open AND ${follows} LIMIT ${batch} FOR UPDATE OF x SKIP LOCKED) AS stale
    WHERE (b.device_id, b.lane, b.boot_id, b.first_seq) = (stale.device_id, stale.lane, stale.boot_id, stale.first_seq)
    RETURNING 1 AS closed`,
  )
