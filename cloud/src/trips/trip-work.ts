import { and, eq, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { tripTouches } from '../db/schema/trip-records.ts'
import { messageOf } from '../errors.ts'
import type { Log } from '../log.ts'
import { accountTrip } from './account-trip.ts'
import { makeDue, type Stretch, untrueDigests } from './digests.ts'
import { findTrips, patienceMs } from './find-trips.ts'
import { keepFoundTrips } from './keep-found-trips.ts'
import { settleOverlaps } from './settle-overlaps.ts'
import { touchedTrips } from './touched-trips.ts'
import type { TripRow } from './trip-versions.ts'
import type { TripWorkCounters } from './trip-work-counters.ts'

/** Boots that are looked at in one go: each is a transaction of its own. */
const maxBoots = 200
/** Touches of one boot that are taken together; more are left for the next go. */
const maxTouches = 10_000
/** After so many failures, within about an hour, a touch is set aside: what is wrong is not over in minutes, and may need a release. */
const quickAttempts = 8
/** How often a touch that was set aside is tried, ms. */
const asideMs = 24 * 3_600_000
/** After so many failures, the last thirty a day apart, a touch is given up. */
const maxAttempts = quickAttempts + 30
/** First wait after a failure, doubled with each, ms. */
const firstRetryMs = 30_000
/** How soon driving that is not the cloud's to tell yet is looked at again, ms. */
const lookAgainMs = 3_600_000
/** Any number, the same in every process: who works on a device's trips waits for who was first. */
const advisoryLock = 7_301_050

interface TripWorkOptions {
  readonly db: Database
  readonly counters: TripWorkCounters
  readonly log: Log
  /** Wall clock, epoch milliseconds. @default Date.now */
  readonly nowMs?: () => number
}

interface Boot {
  deviceId: string
  bootId: number
}

interface Touch extends Boot {
  firstSeq: number
  fromAt: string | null
  toAt: string | null
  /** Null to the end of the boot: to be looked through for driving without a trip. */
  lastSeq: number | null
  /** Not to be looked through for driving without a trip. */
  accountsOnly: boolean
}

/**
 * The cloud's work on trips after ingest: accounts of the trips whose telematics or records came, and trips of driving that the car's records do
 * not cover. All from what is stored when it is done, so that it makes no difference in what order that came.
 *
 * @returns does all that is due, and gives how many boots that were; nothing where it is under way already
 */
export function createTripWork({ db, counters, log, nowMs = Date.now }: TripWorkOptions): () => Promise<number> {
  let isUnderWay = false
  const tell = ({ deviceId, bootId }: Boot, { setAside, givenUp }: PutOff): void => {
    counters.setAside.inc(setAside)
    counters.givenUp.inc(givenUp)
    const about = { device: deviceId, boot: bootId }
    if (setAside > 0) log.error({ ...about, touches: setAside }, 'trips are looked at once a day from now on')
    if (givenUp > 0) log.error({ ...about, touches: givenUp }, 'trips are given up: they are not looked at again')
  }
  const workThrough = async (): Promise<number> => {
    const boots = await dueBoots(db, nowMs())
    for (const boot of boots) {
      try {
        await db.transaction((tx) => workOn(tx, boot, { nowMs: nowMs(), counters }))
      } catch (error) {
        counters.failures.inc()
        log.error({ device: boot.deviceId, boot: boot.bootId, error: messageOf(error) }, 'trips could not be looked at')
        tell(boot, await putOff(db, boot, nowMs()))
      }
    }
    return boots.length
  }
  return async () => {
    if (isUnderWay) return 0
    isUnderWay = true
    try {
      let done = 0
      for (let boots = maxBoots; boots === maxBoots; done += boots) boots = await workThrough()
      return done
    } finally {
      isUnderWay = false
    }
  }
}

function dueBoots(db: Database, nowMs: number): Promise<Boot[]> {
  return selectRows<Boot & Record<string, unknown>>(
    db,
    sql`
      SELECT device_id AS "deviceId", boot_id::float8 AS "bootId" FROM trip_touches
      WHERE due_at <= ${moment(nowMs)} GROUP BY device_id, boot_id ORDER BY min(due_at), device_id, boot_id LIMIT ${maxBoots}`,
  )
}

async function workOn(
  tx: Database,
  boot: Boot,
  { nowMs, counters }: { nowMs: number; counters: TripWorkCounters },
): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${advisoryLock}, hashtext(${boot.deviceId}))`)
  const touches = await takeTouches(tx, boot, nowMs)
  if (touches.length === 0) return
  const kept = await find(
    tx,
    boot,
    touches.filter(({ accountsOnly }) => !accountsOnly),
    nowMs,
  )
  counters.found.inc(kept.length)
  const stretches = stretchesOf(touches)
  const touched = await touchedTrips(tx, boot, stretches)
  for (const trip of [...touched, ...kept]) if (await accountTrip(tx, trip, { nowMs })) counters.accounts.inc()
  // In this transaction, in which the touches go: until then they say that the digests are not true.
  await untrueDigests(tx, { ...boot, stretches, foundIds: kept.map(({ id }) => id) }, { nowMs })
  await settleOverlaps(
    tx,
    boot,
    touched.map(({ id }) => id),
  )
}

/** Finds driving without a trip of the car, and what may still become one is looked at again. */
async function find(tx: Database, boot: Boot, touches: readonly Touch[], nowMs: number): Promise<TripRow[]> {
  if (touches.length === 0) return []
  const found = await findTrips(tx, { ...boot, touches }, { nowMs })
  const kept = await keepFoundTrips(tx, boot, found)
  if (found.early.length > 0) {
    const first = Math.min(...found.early.map((trip) => trip.firstSeq))
    const dueMs = Math.min(nowMs + lookAgainMs, ...found.early.map(({ endAt }) => Math.max(nowMs, endAt + patienceMs)))
    await tx.insert(tripTouches).values({ ...boot, firstSeq: first, lastSeq: null, dueAt: new Date(dueMs) })
  }
  return kept
}

/** Takes the touches of a boot that are due; first it waits for ingest under way that relies on one (`touchTrips`), and what is read afterwards has its rows. */
function takeTouches(tx: Database, { deviceId, bootId }: Boot, nowMs: number): Promise<Touch[]> {
  return selectRows<Touch & Record<string, unknown>>(
    tx,
    sql`
      DELETE FROM trip_touches WHERE id IN (
        SELECT id FROM trip_touches
        WHERE device_id = ${deviceId} AND boot_id = ${bootId} AND due_at <= ${moment(nowMs)} ORDER BY id LIMIT ${maxTouches})
      RETURNING device_id AS "deviceId", boot_id::float8 AS "bootId", first_seq::float8 AS "firstSeq",
        last_seq::float8 AS "lastSeq", from_at::text AS "fromAt", to_at::text AS "toAt", accounts_only AS "accountsOnly"`,
  )
}

/** What was touched up to a last number: seconds that came late, and trips of which something else came. */
const stretchesOf = (touches: readonly Touch[]): Stretch[] =>
  touches.flatMap(({ firstSeq, lastSeq, fromAt, toAt }) =>
    lastSeq === null ? [] : [{ firstSeq, lastSeq, fromAt, toAt }],
  )

/** Touches that a failure changed more than the time of. */
interface PutOff {
  setAside: number
  givenUp: number
}

/** Puts a boot's due touches off after a failure, longer each time: to the next day in the end, until they are given up. */
function putOff(db: Database, { deviceId, bootId }: Boot, nowMs: number): Promise<PutOff> {
  const due = and(
    eq(tripTouches.deviceId, deviceId),
    eq(tripTouches.bootId, bootId),
    sql`${tripTouches.dueAt} <= ${moment(nowMs)}`,
  )
  return db.transaction(async (tx) => {
    const lost = await tx
      .delete(tripTouches)
      .where(and(due, sql`${tripTouches.attempts} + 1 >= ${maxAttempts}`))
      .returning({ id: tripTouches.id })
    // Nobody knows any more which of them late seconds touched.
    if (lost.length > 0) await makeDue(tx, sql`t.device_id = ${deviceId}`, { nowMs })
    const waitS = sql`CASE WHEN ${tripTouches.attempts} + 1 >= ${quickAttempts} THEN ${asideMs / 1000}
      ELSE ${firstRetryMs / 1000} * 2 ^ ${tripTouches.attempts} END`
    const later = await tx
      .update(tripTouches)
      .set({
        attempts: sql`${tripTouches.attempts} + 1`,
        dueAt: sql`${moment(nowMs)} + make_interval(secs => ${waitS})`,
      })
      .where(due)
      .returning({ attempts: tripTouches.attempts })
    return { setAside: later.filter(({ attempts }) => attempts === quickAttempts).length, givenUp: lost.length }
  })
}

const moment = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`
