import { type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import type { OpenDatabase } from '../db/open.ts'
import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'
import { binSums } from '../telematics/month-points.ts'
import { packedPoint } from './digests.ts'
import { type EndedTerms, pathPoints, secondsOfEnded, slackHours, wholeS } from './path-points.ts'
import type { TripWorkCounters } from './trip-work-counters.ts'

/**
 * Digests of one transaction, at some 6 ms each: on a server few enough that ingest, which may wait for their rows, acks in time; the embedded
 * database answers nobody else meanwhile.
 */
const digestsAtOnce = { postgres: 50, pglite: 10 }
/** How long a trip waits whose digest could not be made, h. */
const putOffHours = 1

interface DigestWork {
  readonly database: Pick<OpenDatabase, 'db' | 'kind'>
  readonly counters: Pick<TripWorkCounters, 'digests' | 'digestFailures'>
  readonly log: Log
  /** Wall clock, epoch milliseconds. @default Date.now */
  readonly nowMs?: () => number
}

/**
 * Makes the digests that are due of what is stored: some trips a statement, from their seconds alone, so that it makes no difference in what
 * order those came.
 *
 * @returns does all that is due and gives how many trips were looked at; other processes may do the same side by side
 */
export function createDigestWork({
  database: { db, kind },
  counters,
  log,
  nowMs = Date.now,
}: DigestWork): (options?: { signal?: AbortSignal }) => Promise<number> {
  const most = digestsAtOnce[kind]
  const makeAlone = async (id: string): Promise<void> => {
    try {
      const due = { nowMs: nowMs(), most: 1, id }
      counters.digests.inc(await db.transaction(async (tx) => makeDigests(tx, await lockDue(tx, due))))
    } catch (error) {
      counters.digestFailures.inc()
      log.error({ trip: id, error: messageOf(error) }, 'a digest was not made; later again')
      const later = sql`${moment(nowMs())} + make_interval(hours => ${putOffHours})`
      await db.execute(
        sql`UPDATE trip_digests SET due_at = greatest(due_at, ${later}) WHERE trip_id = ${id} AND due_at IS NOT NULL`,
      )
    }
  }
  const makeSome = async (): Promise<number> => {
    let ids: readonly string[] = []
    try {
      const made = await db.transaction(async (tx) => {
        ids = await lockDue(tx, { nowMs: nowMs(), most })
        return makeDigests(tx, ids)
      })
      counters.digests.inc(made)
    } catch (error) {
      if (ids.length === 0) throw error
      for (const id of ids) await makeAlone(id)
    }
    return ids.length
  }
  return async ({ signal } = {}) => {
    let done = 0
    for (let count = most; count === most && signal?.aborted !== true; done += count) count = await makeSome()
    return done
  }
}

/** Locks some digests that are due, or one; in a statement of its own, so that what is read of them afterwards is all that was stored by then. */
async function lockDue(
  tx: Database,
  { nowMs, most, id }: { nowMs: number; most: number; id?: string },
): Promise<string[]> {
  const rows = await selectRows<{ id: string }>(
    tx,
    sql`
      SELECT trip_id AS id FROM trip_digests
      WHERE due_at <= ${moment(nowMs)} ${id === undefined ? sql`` : sql`AND trip_id = ${id}`}
      ORDER BY due_at LIMIT ${most} FOR UPDATE SKIP LOCKED`,
  )
  return rows.map((row) => row.id)
}

/** Makes the digests of trips, which are locked, and gives how many; those of trips that are no more, or may have seconds in an archive, go. */
async function makeDigests(tx: Database, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0
  const mine = sql`d.trip_id = ANY(${sql.param([...ids])}::text[])`
  await tx.execute(sql`
    DELETE FROM trip_digests d WHERE ${mine} AND (
      NOT EXISTS (SELECT FROM trips WHERE id = d.trip_id)
      OR EXISTS (
        SELECT FROM telematics_archives
        WHERE month BETWEEN ${monthOf(ofDigest.earliest)} AND ${monthOf(ofDigest.latest)}))`)
  const made = await selectRows(
    tx,
    sql`
    UPDATE trip_digests d SET due_at = NULL,
      path = (SELECT coalesce(json_agg(${packedPoint}), '[]') FROM (${pathPoints(secondsOfEnded(ofDigest), ofDigest.startAt)}) AS points),
      bins = ARRAY(
        SELECT sums::trip_bin FROM (${binSums(sql`
          FROM telematics_events e WHERE e.device_id = d.device_id AND e.at BETWEEN d.start_at AND d.end_at`)}) AS sums)
    WHERE ${mine} RETURNING 1`,
  )
  return made.length
}

const slack = `make_interval(hours => ${slackHours})`
/** What finds the seconds of the trip of a digest, `d`. */
const ofDigest: EndedTerms = {
  ...{ deviceId: sql.raw('d.device_id'), bootId: sql.raw('d.boot_id') },
  ...{ firstSeq: sql.raw('d.first_seq'), lastSeq: sql.raw('d.last_seq') },
  ...{ startAt: sql.raw('d.start_at'), endAt: sql.raw('d.end_at') },
  ...{ earliest: sql.raw(`d.start_at - ${slack}`), latest: sql.raw(`d.end_at + ${slack}`) },
  wholeBy: sql.raw(`d.start_at + make_interval(secs => ${wholeS})`),
}

const monthOf = (at: SQL): SQL => sql`to_char((${at}) AT TIME ZONE 'UTC', 'YYYY-MM')`
const moment = (ms: number): SQL => sql`${new Date(ms).toISOString()}::timestamptz`
