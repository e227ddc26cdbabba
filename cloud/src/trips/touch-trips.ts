import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { rowsAs } from '../db/rows-as.ts'

/** What comes later than this after it was made is late: a device sends every minute, and a clock may be a little off. */
const lateMs = 300_000
/** Late parts come many together: the trips that they touch are looked at once they have had so long to come. */
const settleMs = 120_000
/** By then all seconds of a trip that come in time are there: the clock of its last may be `lateMs` ahead, and it comes in time until `lateMs` after that. */
const wholeMs = 2 * lateMs
/** A boot's log is looked through for driving without a trip so often while it grows. */
const watchMs = 3_600_000
/** Seconds of a boot that follow each other and are further apart are of a clock that was set, or of a gap: what lies between was not touched, ms. */
export const clockJumpMs = 60_000
/** Late parts that a transaction notes of one boot: a clock that jumps more often makes one of all. */
const maxParts = 20

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
 * What comes in time costs one look into a small index, and writes once an hour and boot; what comes late is noted, each time of it that was told of alone, and while it
 * is, digests of that stretch are not true (`digests.ts`).
 *
 * A note that is there already is held until the transaction ends: who takes it away waits for that, and sees what was stored under it.
 * One that is just being taken away does not count. So nobody waits here for another, and a boot's last batch is never without a note.
 */
export async function touchTrips(
  tx: Database,
  touched: readonly TouchedRange[],
  { nowMs = Date.now() } = {},
): Promise<void> {
  if (touched.length === 0) return
  const isLate = ({ fromMs, toMs }: TouchedRange): boolean => nowMs - fromMs > lateMs || toMs - nowMs > lateMs
  const inTime = mergedBy(
    touched.filter((range) => !isLate(range)),
    whole,
  )
  const late = mergedBy(touched.filter(isLate), parts)
  const rows = rowsAs('r', [...inTime, ...late], {
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
      CASE WHEN r.late = 1 THEN ${dueIn(settleMs, nowMs)} ELSE ${dueIn(watchMs, nowMs)} END
    FROM ${rows}
    WHERE r.late = 1 OR NOT EXISTS (
      SELECT FROM trip_touches t
      WHERE t.device_id = r.device_id AND t.boot_id = r.boot_id AND t.last_seq IS NULL
      FOR KEY SHARE SKIP LOCKED)`)
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
    VALUES (${deviceId}, ${boot}, ${firstSeq}, ${lastSeq}, ${accountsOnly}, ${dueIn(wholeMs, nowMs)})`)
}

/** The ranges of each boot, merged. */
function mergedBy(touched: readonly TouchedRange[], merge: (ofBoot: TouchedRange[]) => TouchedRange[]): TouchedRange[] {
  const byBoot = Map.groupBy(touched, ({ deviceId, boot }) => `${deviceId}/${boot}`)
  return [...byBoot.values()].flatMap(merge)
}

const around = (a: TouchedRange, b: TouchedRange): TouchedRange => ({
  ...a,
  firstSeq: Math.min(a.firstSeq, b.firstSeq),
  lastSeq: Math.max(a.lastSeq, b.lastSeq),
  fromMs: Math.min(a.fromMs, b.fromMs),
  toMs: Math.max(a.toMs, b.toMs),
})

/** One range: what lies between is looked at too, which is right at any time. */
const whole = (ofBoot: readonly TouchedRange[]): TouchedRange[] => [ofBoot.reduce(around)]

/** A range for each time that was told of: some seconds of a wrong clock touch no trip of the years between. */
function parts(ofBoot: readonly TouchedRange[]): TouchedRange[] {
  const apart: TouchedRange[] = []
  for (const range of ofBoot.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = apart.at(-1)
    if (last && range.fromMs - last.toMs <= clockJumpMs) apart[apart.length - 1] = around(last, range)
    else apart.push(range)
  }
  return apart.length > maxParts ? whole(apart) : apart
}

/** A while from now, ms; where the clock here is ahead, by that of the database: another process looks whether it is due. */
const dueIn = (waitMs: number, nowMs: number): SQL =>
  sql`least(${new Date(nowMs + waitMs).toISOString()}::timestamptz, now() + make_interval(secs => ${waitMs / 1_000}))`
