import { metresPerDegree } from '@fairmile/models/contests/place.ts'
import { and, asc, gte, inArray, isNull, lte, max, or, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { limitCorrections, speedingNotes } from '../db/schema/contests.ts'
import { drivingEvents } from '../db/schema/trips.ts'
import { transactAgain } from '../db/transact-again.ts'
import { correctJudgedTrips } from './correct-judged-trips.ts'
import { judgeByLimit } from './judge-by-limit.ts'

/** Events that are looked at in one transaction. */
const batch = 100
/** The largest radius of a correction, metres. */
const farthestM = 2_000

/**
 * Judges each event of speeding that came since by the limits that were corrected where it lies, and no other event: those that were there before are the
 * correction's own pass. Of what comes while it works nothing, so that it ends.
 *
 * @returns how many trips got a version
 */
export async function judgeNotedSpeeding(
  db: Database,
  { nowMs, signal }: { nowMs: number; signal?: AbortSignal | undefined },
): Promise<number> {
  const [newest] = await db.select({ id: max(speedingNotes.id) }).from(speedingNotes)
  const upTo = newest?.id ?? null
  let trips = 0
  for (let more = upTo !== null; more && signal?.aborted !== true; ) {
    const step = await transactAgain(db, (tx) => judgeNext(tx, { upTo: upTo!, nowMs }))
    trips += step.trips
    more = step.notes === batch
  }
  return trips
}

async function judgeNext(tx: Database, { upTo, nowMs }: { upTo: number; nowMs: number }) {
  const { id, eventId } = speedingNotes
  const next = tx.select({ id }).from(speedingNotes).where(lte(id, upTo)).orderBy(asc(id)).limit(batch)
  const notes = await tx.delete(speedingNotes).where(inArray(id, next)).returning({ eventId })
  const ids = notes.map((note) => note.eventId)
  const judged = new Map<string, typeof limitCorrections.$inferSelect>()
  for (const near of Map.groupBy(await withLimits(tx, ids), ({ correction }) => correction.id).values()) {
    const { correction } = near[0]!
    const events = near.map(({ event }) => event)
    for (const tripId of await judgeByLimit(tx, correction, events, { nowMs })) judged.set(tripId, correction)
  }
  return { notes: notes.length, trips: await correctJudgedTrips(tx, judged) }
}

/** These events, each with every correction that is about its time and near its place. */
function withLimits(tx: Database, ids: readonly string[]) {
  const reach = farthestM / metresPerDegree
  const { id, lat, lon, startAt } = drivingEvents
  const { lat: of, lon: at, validFrom, validUntil } = limitCorrections
  const isNear = and(
    gte(of, sql`${lat} - ${reach}::float8`),
    lte(of, sql`${lat} + ${reach}::float8`),
    sql`abs(${at} - ${lon}) * cos(radians(${lat})) <= ${reach}`,
  )
  return tx
    .select({ correction: limitCorrections, event: drivingEvents })
    .from(drivingEvents)
    .innerJoin(limitCorrections, and(isNear, lte(validFrom, startAt), or(isNull(validUntil), gte(validUntil, startAt))))
    .where(inArray(id, [...ids]))
    .orderBy(asc(limitCorrections.id), asc(id))
}
