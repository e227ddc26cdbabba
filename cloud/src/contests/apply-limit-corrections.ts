import { randomUUID } from 'node:crypto'
import { metresPerDegree } from '@fairmile/models/contests/place.ts'
import { and, asc, eq, gt, gte, lte } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { limitCorrections } from '../db/schema/contests.ts'
import { drivingEvents } from '../db/schema/trips.ts'
import { transactAgain } from '../db/transact-again.ts'
import { correctTrip } from '../trips/correct-trip.ts'
import { recordTripCompleted, type TripChange } from '../trips/trip-completed.ts'
import { lockTrip } from '../trips/trip-versions.ts'
import { judgeByLimit } from './judge-by-limit.ts'

/** Events that are looked at in one transaction. */
const batch = 100

type Correction = typeof limitCorrections.$inferSelect

/**
 * Judges every event of speeding that a corrected limit concerns by the true one, whoever drove; their trips get new versions, and all who
 * are affected are scored and priced anew. Goes on where it was left, and doing it again changes nothing.
 */
export async function applyLimitCorrections(
  db: Database,
  { nowMs, signal }: { nowMs: number; signal?: AbortSignal },
): Promise<{ corrections: number; trips: number }> {
  const done = { corrections: 0, trips: 0 }
  const due = await db
    .select({ id: limitCorrections.id })
    .from(limitCorrections)
    .where(eq(limitCorrections.due, true))
    .orderBy(asc(limitCorrections.id))
  for (const { id } of due) {
    for (let more = true; more && signal?.aborted !== true; ) {
      const step = await applyStep(db, id, nowMs)
      done.trips += step.trips
      more = step.more
    }
    done.corrections += 1
  }
  return done
}

/**
 * One batch of a correction. How far it came is noted after the trips are let go, for ingest may hold both; where an event has come late meanwhile
 * the note is not made, and all of it is looked at again.
 */
async function applyStep(db: Database, id: number, nowMs: number): Promise<{ trips: number; more: boolean }> {
  const isDue = and(eq(limitCorrections.id, id), eq(limitCorrections.due, true))
  const [correction] = await db.select().from(limitCorrections).where(isDue)
  if (!correction) return { trips: 0, more: false }
  const { events, trips } = await transactAgain(db, (tx) => judgeNext(tx, correction, nowMs))
  const more = events.length === batch
  await db
    .update(limitCorrections)
    .set({ judgedTo: events.at(-1)?.id ?? correction.judgedTo, due: more })
    .where(and(isDue, eq(limitCorrections.touched, correction.touched)))
  return { trips, more }
}

async function judgeNext(tx: Database, correction: Correction, nowMs: number) {
  const events = await eventsNear(tx, correction)
  const correlationId = randomUUID()
  const changes: TripChange[] = []
  for (const tripId of await judgeByLimit(tx, correction, events, { nowMs })) {
    const before = await lockTrip(tx, tripId)
    if (!before || before.version === 0) continue
    const changeReason = `the limit is ${correction.limitKmh} km/h: contest ${correction.contestId} was upheld`
    const why = { cause: 'limit_corrected', changedBy: null, changeReason, correlationId } as const
    changes.push({ before, after: await correctTrip(tx, before, why) })
  }
  await recordTripCompleted(tx, changes, { correlationId })
  return { events, trips: changes.length }
}

/** The next events of speeding in a square around the place, in the order of their ids. */
function eventsNear(tx: Database, { lat, lon, radiusM, validFrom, validUntil, judgedTo }: Correction) {
  const reach = radiusM / metresPerDegree
  const reachLon = reach / Math.max(0.01, Math.cos((lat * Math.PI) / 180))
  const { id, kind, startAt, lat: atLat, lon: atLon } = drivingEvents
  return tx
    .select()
    .from(drivingEvents)
    .where(
      and(
        eq(kind, 'speeding'),
        gte(atLat, lat - reach),
        lte(atLat, lat + reach),
        gte(atLon, lon - reachLon),
        lte(atLon, lon + reachLon),
        gte(startAt, validFrom),
        validUntil ? lte(startAt, validUntil) : undefined,
        judgedTo === null ? undefined : gt(id, judgedTo),
      ),
    )
    .orderBy(asc(id))
    .limit(batch)
}
