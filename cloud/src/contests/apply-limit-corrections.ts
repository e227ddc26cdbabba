import { metresPerDegree } from '@fairmile/models/contests/place.ts'
import { and, asc, eq, gt, gte, lte } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { limitCorrections } from '../db/schema/contests.ts'
import { drivingEvents } from '../db/schema/trips.ts'
import { transactAgain } from '../db/transact-again.ts'
import { correctJudgedTrips } from './correct-judged-trips.ts'
import { judgeByLimit } from './judge-by-limit.ts'
import { judgeNotedSpeeding } from './judge-noted-speeding.ts'

/** Events that are looked at in one transaction. */
const batch = 100

type Correction = typeof limitCorrections.$inferSelect

interface CorrectionOptions {
  readonly nowMs: number
  readonly signal?: AbortSignal
  /** Told of what could not be judged: a correction's id, or `late` for events that came after one. */
  readonly failed: (what: number | 'late', error: unknown) => void
}

/**
 * Judges every event of speeding that a corrected limit concerns by the true one, whoever drove; their trips get new versions, and all who
 * are affected are scored and priced anew. Goes on where it was left, and doing it again changes nothing. Corrections take turns, a batch each, and with
 * them what came late: a busy road keeps nobody at another waiting. What fails holds up no other, and waits for the next time.
 */
export async function applyLimitCorrections(
  db: Database,
  { nowMs, signal, failed }: CorrectionOptions,
): Promise<{ corrections: number; trips: number; failed: number }> {
  const done = { corrections: 0, trips: 0, failed: 0 }
  const due = await db
    .select({ id: limitCorrections.id })
    .from(limitCorrections)
    .where(eq(limitCorrections.due, true))
    .orderBy(asc(limitCorrections.id))
  let open: (number | 'late')[] = ['late', ...due.map(({ id }) => id)]
  do {
    const left: typeof open = []
    for (const what of open) {
      if (signal?.aborted === true) return done
      try {
        const late = what === 'late'
        const { trips, more } = late ? await judgeLate(db, { nowMs, signal }) : await applyStep(db, what, nowMs)
        done.trips += trips
        if (more) left.push(what)
        else if (!late) done.corrections += 1
      } catch (error) {
        if (signal?.aborted) throw error
        done.failed += 1
        failed(what, error)
      }
    }
    open = left
  } while (open.some((what) => what !== 'late'))
  return done
}

/** What came late is looked for again for as long as a correction is under way. */
async function judgeLate(db: Database, options: { nowMs: number; signal: AbortSignal | undefined }) {
  return { trips: await judgeNotedSpeeding(db, options), more: true }
}

/** One batch of a correction. */
async function applyStep(db: Database, id: number, nowMs: number): Promise<{ trips: number; more: boolean }> {
  const isDue = and(eq(limitCorrections.id, id), eq(limitCorrections.due, true))
  const [correction] = await db.select().from(limitCorrections).where(isDue)
  if (!correction) return { trips: 0, more: false }
  const { events, trips } = await transactAgain(db, (tx) => judgeNext(tx, correction, nowMs))
  const more = events.length === batch
  const judgedTo = events.at(-1)?.id ?? correction.judgedTo
  await db.update(limitCorrections).set({ judgedTo, due: more }).where(isDue)
  return { trips, more }
}

async function judgeNext(tx: Database, correction: Correction, nowMs: number) {
  const events = await eventsNear(tx, correction)
  const tripIds = await judgeByLimit(tx, correction, events, { nowMs })
  return { events, trips: await correctJudgedTrips(tx, new Map(tripIds.map((tripId) => [tripId, correction]))) }
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
