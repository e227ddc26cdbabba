import { metresPerDegree } from '@fairmile/models/contests/place.ts'
import { and, asc, gt, gte, inArray, isNull, lte, max, or, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { limitCorrections, speedingNotes } from '../db/schema/contests.ts'
import { drivingEvents } from '../db/schema/trips.ts'
import { transactAgain } from '../db/transact-again.ts'
import { correctJudgedTrips } from './correct-judged-trips.ts'
import { judgeByLimit } from './judge-by-limit.ts'
import { togetherOrAlone } from './together-or-alone.ts'

/** Events that are looked at in one transaction. */
const batch = 100
/** The largest radius of a correction, metres. */
const farthestM = 2_000

interface NotedOptions {
  readonly nowMs: number
  readonly signal?: AbortSignal | undefined
  /** Ids of events that could not be judged: they are passed over, and what fails here is added. */
  readonly refused: Set<string>
  /** Told of each event that cannot be judged: its note stays, for the next time. */
  readonly failed: (error: unknown) => void
}

type Note = typeof speedingNotes.$inferSelect

/**
 * Judges each event of speeding that came since by the limits that were corrected where it lies, and no other event: those that were there before are the
 * correction's own pass. Of what comes while it works nothing, so that it ends. What cannot be judged holds up none of the others.
 *
 * @returns how many trips got a version
 */
export async function judgeNotedSpeeding(db: Database, options: NotedOptions): Promise<number> {
  const { nowMs, signal, refused, failed } = options
  const { id } = speedingNotes
  const [newest] = await db.select({ id: max(id) }).from(speedingNotes)
  const upTo = newest?.id ?? null
  let trips = 0
  let after = 0
  for (let more = upTo !== null; more && signal?.aborted !== true; ) {
    const those = and(gt(id, after), lte(id, upTo!))
    const notes = await db.select().from(speedingNotes).where(those).orderBy(asc(id)).limit(batch)
    trips += await togetherOrAlone(
      notes.filter(({ eventId }) => !refused.has(eventId)),
      {
        work: (some) => transactAgain(db, (tx) => judgeThese(tx, some, nowMs)),
        failed: ({ eventId }, error) => {
          refused.add(eventId)
          failed(error)
        },
        signal,
      },
    )
    after = notes.at(-1)?.id ?? after
    more = notes.length === batch
  }
  return trips
}

async function judgeThese(tx: Database, some: readonly Note[], nowMs: number): Promise<number> {
  const noted = some.map(({ id }) => id)
  const notes = await tx
    .delete(speedingNotes)
    .where(inArray(speedingNotes.id, noted))
    .returning({ eventId: speedingNotes.eventId })
  const ids = notes.map((note) => note.eventId)
  const judged = new Map<string, typeof limitCorrections.$inferSelect>()
  for (const near of Map.groupBy(await withLimits(tx, ids), ({ correction }) => correction.id).values()) {
    const { correction } = near[0]!
    const events = near.map(({ event }) => event)
    for (const tripId of await judgeByLimit(tx, correction, events, { nowMs })) judged.set(tripId, correction)
  }
  return correctJudgedTrips(tx, judged)
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
