import { type Covered, type FoundTrip, foundTrips } from '@fairmile/models/trips/found-trips.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { goesOnWithin } from './goes-on-within.ts'
import { type BootStretch, inStretch, timesOf } from './stretch-of-boot.ts'
import { secondsOfBoot } from './trip-seconds.ts'
import { uncovered } from './uncovered.ts'

/** How far around late telematics driving is looked for: a stretch without ten minutes of rest is no longer than a day. */
const lateReach = 86_400
/** How far before the new end of a log: what began earlier was seen then, and looked for from its beginning. */
const newReach = 1_200
/** A car moves where it is faster than a parked receiver drifts: from `tripRules.startSpeedMps` on. */
const movingMps = 8 / 3.6
/** Seconds around what moves that are read too: the start is the first motion, before it is fast enough. */
const marginSeq = 60
/** No record of the car so long after the end of a stretch: it is lost, or the car is off the air for long. */
export const patienceMs = 24 * 3_600_000
/** No record so long after the record of a later trip: the lane has gone on without it. */
const patienceAfterLaterMs = 3_600_000

/** What was touched of a boot's log. */
export interface LogPart {
  deviceId: string
  bootId: number
  touches: readonly Touched[]
}

/** From first to last number; to the end of the boot where there is no last. */
export interface Touched {
  readonly firstSeq: number
  readonly lastSeq: number | null
}

/** Driving that no trip of the car covers. */
export interface Uncovered {
  /** From first to last number: what was looked through. */
  firstSeq: number
  lastSeq: number
  /** What the cloud may say is a trip. */
  due: FoundTrip[]
  /** What the car may still tell. */
  early: FoundTrip[]
}

/** Looks through a boot's log around what was touched for driving that no trip of the car covers. */
export async function findTrips(tx: Database, part: LogPart, { nowMs }: { nowMs: number }): Promise<Uncovered> {
  const { deviceId, bootId } = part
  const { firstSeq, lastSeq } = await windowOf(tx, part)
  const covered = await coveredBy(tx, { deviceId, bootId, firstSeq, lastSeq })
  const found: FoundTrip[] = []
  for (const free of uncovered({ firstSeq, lastSeq }, covered)) {
    const moving = await movingPart(tx, { deviceId, bootId, ...free })
    if (moving) found.push(...foundTrips(await secondsOfBoot(tx, { deviceId, bootId, ...moving }), covered))
  }
  const later = await newestToldBy(tx, deviceId, nowMs - patienceAfterLaterMs)
  const isDue = ({ endAt }: FoundTrip): boolean => nowMs - endAt >= patienceMs || later > endAt
  return { firstSeq, lastSeq, due: found.filter(isDue), early: found.filter((trip) => !isDue(trip)) }
}

/** What is looked through: around the touches, and never a part alone of what was found before. */
async function windowOf(tx: Database, { deviceId, bootId, touches }: LogPart): Promise<Covered> {
  const first = Math.min(...touches.map((touch) => touch.firstSeq - (touch.lastSeq === null ? newReach : lateReach)))
  const last = Math.max(...touches.map((touch) => (touch.lastSeq ?? Number.POSITIVE_INFINITY) + lateReach))
  const [row] = await selectRows<{ end: number | null; found: number | null }>(
    tx,
    sql`
      SELECT
        (SELECT max(seq)::float8 FROM telematics_events WHERE device_id = ${deviceId} AND boot_id = ${bootId}) AS end,
        (SELECT min(first_seq)::float8 FROM trips WHERE device_id = ${deviceId} AND boot_id = ${bootId}
          AND source = 'cloud' AND last_seq >= ${Math.max(1, first - newReach)}) AS found`,
  )
  return { firstSeq: Math.max(1, Math.min(first, row?.found ?? first)), lastSeq: Math.min(last, row?.end ?? 0) }
}

/** Numbers of the boot that the car's trips have; those that a trip of a later boot has by time, too. */
function coveredBy(tx: Database, of: BootStretch) {
  const { deviceId, bootId, firstSeq, lastSeq } = of
  const stretch = inStretch(of)
  return selectRows<Covered & Record<string, unknown>>(
    tx,
    sql`
      WITH times AS MATERIALIZED (${timesOf(stretch)})
      SELECT first_seq::float8 AS "firstSeq", last_seq::float8 AS "lastSeq" FROM trips
      WHERE device_id = ${deviceId} AND boot_id = ${bootId} AND source = 'car' AND version > 0
        AND first_seq <= ${lastSeq} AND last_seq >= ${firstSeq}
      UNION ALL
      SELECT e.first_seq, e.last_seq FROM times
      JOIN trips t ON t.device_id = ${deviceId} AND t.boot_id <> ${bootId} AND t.source = 'car' AND t.version > 0
        AND ${goesOnWithin(sql`times.from_at`, sql`times.to_at`)}
      JOIN LATERAL (
        SELECT min(seq)::float8 AS first_seq, max(seq)::float8 AS last_seq FROM telematics_events
        WHERE ${stretch} AND at BETWEEN t.start_at AND t.end_at
      ) e ON e.first_seq IS NOT NULL`,
  )
}

/** From a minute before the first second that moves to a minute after the last; null where none does. Most of what lies between trips is parked. */
async function movingPart(tx: Database, of: BootStretch): Promise<Covered | null> {
  const [row] = await selectRows<{ first: number | null; last: number | null }>(
    tx,
    sql`
      SELECT min(seq)::float8 AS first, max(seq)::float8 AS last FROM telematics_events
      WHERE ${inStretch(of)} AND speed_mps >= ${movingMps}`,
  )
  if (row?.first == null || row.last === null) return null
  return { firstSeq: Math.max(of.firstSeq, row.first - marginSeq), lastSeq: Math.min(of.lastSeq, row.last + marginSeq) }
}

/** When the newest trip began whose record was here by then and not ahead of its time, epoch ms; −∞ where there is none. */
async function newestToldBy(tx: Database, deviceId: string, byMs: number): Promise<number> {
  const [row] = await selectRows<{ startMs: number | null }>(
    tx,
    sql`
      SELECT (extract(epoch FROM max(start_at)) * 1000)::float8 AS "startMs" FROM trips
      WHERE device_id = ${deviceId} AND source = 'car' AND version > 0 AND NOT told_ahead
        AND updated_at <= ${new Date(byMs).toISOString()}::timestamptz`,
  )
  return row?.startMs ?? Number.NEGATIVE_INFINITY
}
