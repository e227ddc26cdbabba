import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { rowsAs } from '../db/rows-as.ts'

/** What comes later than this after it was made is late: a device sends every minute, and a clock may be a little off. */
const lateMs = 300_000
/** Late parts come many together: the trips that they touch are looked at once they have had so long to come. */
const settleMs = 120_000
/** A boot's log is looked through for driving without a trip so often while it grows. */
const watchMs = 3_600_000

/** Stored telematics of one boot: its sequence numbers and the times that it says, UTC epoch milliseconds. */
export interface TouchedRange {
  deviceId: string
  boot: number
  firstSeq: number
  lastSeq: number
  fromMs: number
  toMs: number
}

/**
 * Notes which stretches of telematics were stored, so that the trips they are of are looked at again: once an ingest transaction.
 *
 * What comes in time costs one look into a small index, and writes once an hour and boot; what comes late is noted, and while it is, digests of
 * that stretch are not true (`digests.ts`). Nothing is changed or locked here, so that no transaction waits for another.
 */
export async function touchTrips(
  tx: Database,
  touched: readonly TouchedRange[],
  { nowMs = Date.now() } = {},
): Promise<void> {
  if (touched.length === 0) return
  const ranges = merged(touched)
  const isLate = ({ fromMs, toMs }: TouchedRange): boolean => nowMs - fromMs > lateMs || toMs - nowMs > lateMs
  const rows = rowsAs('r', ranges, {
    device_id: ['text', ({ deviceId }) => deviceId],
    boot_id: ['int8', ({ boot }) => boot],
    first_seq: ['int8', ({ firstSeq }) => firstSeq],
    last_seq: ['int8', ({ lastSeq }) => lastSeq],
    late: ['int4', (range) => Number(isLate(range))],
    from_ms: ['float8', ({ fromMs }) => fromMs],
    to_ms: ['float8', ({ toMs }) => toMs],
  })
  await tx.execute(sql`
    INSERT INTO trip_touches (device_id, boot_id, first_seq, last_seq, from_at, to_at, due_at)
    SELECT r.device_id, r.boot_id, r.first_seq, CASE WHEN r.late = 1 THEN r.last_seq END,
      CASE WHEN r.late = 1 THEN to_timestamp(r.from_ms / 1000) END, CASE WHEN r.late = 1 THEN to_timestamp(r.to_ms / 1000) END,
      CASE WHEN r.late = 1 THEN ${at(nowMs + settleMs)} ELSE ${at(nowMs + watchMs)} END
    FROM ${rows}
    WHERE r.late = 1 OR NOT EXISTS (
      SELECT FROM trip_touches t
      WHERE t.device_id = r.device_id AND t.boot_id = r.boot_id AND t.last_seq IS NULL)`)
}

/**
 * Notes a trip whose record came, or an event of a trip that had ended: its account is made, or made anew.
 *
 * @param options.accountsOnly whether there can be no driving that is without a record now @default true
 */
export async function touchTrip(
  tx: Database,
  { deviceId, boot, firstSeq, lastSeq }: Pick<TouchedRange, 'deviceId' | 'boot' | 'firstSeq' | 'lastSeq'>,
  { nowMs = Date.now(), accountsOnly = true } = {},
): Promise<void> {
  await tx.execute(sql`
    INSERT INTO trip_touches (device_id, boot_id, first_seq, last_seq, accounts_only, due_at)
    VALUES (${deviceId}, ${boot}, ${firstSeq}, ${lastSeq}, ${accountsOnly}, ${at(nowMs + settleMs)})`)
}

/** One range a boot: what lies between is looked at too, which is right at any time. */
function merged(touched: readonly TouchedRange[]): TouchedRange[] {
  const byBoot = new Map<string, TouchedRange>()
  for (const range of touched) {
    const key = `${range.deviceId}/${range.boot}`
    const found = byBoot.get(key)
    if (!found) byBoot.set(key, { ...range })
    else {
      found.firstSeq = Math.min(found.firstSeq, range.firstSeq)
      found.lastSeq = Math.max(found.lastSeq, range.lastSeq)
      found.fromMs = Math.min(found.fromMs, range.fromMs)
      found.toMs = Math.max(found.toMs, range.toMs)
    }
  }
  return [...byBoot.values()]
}

const at = (ms: number): SQL => sql`${new Date(ms).toISOString()}::timestamptz`
