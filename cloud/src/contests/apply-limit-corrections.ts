import { metresPerDegree } from '@fairmile/models/contests/place.ts'
import { and, asc, eq, gt, gte, lte } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { limitCorrections, speedingNotes } from '../db/schema/contests.ts'
import { drivingEvents } from '../db/schema/trips.ts'
import { transactAgain } from '../db/transact-again.ts'
import { correctJudgedTrips } from './correct-judged-trips.ts'
import { judgeByLimit } from './judge-by-limit.ts'
import { judgeNotedSpeeding } from './judge-noted-speeding.ts'
import { togetherOrAlone } from './together-or-alone.ts'

/** Events that are looked at in one transaction. */
const batch = 100

type Correction = typeof limitCorrections.$inferSelect

interface CorrectionOptions {
  readonly nowMs: number
  readonly signal?: AbortSignal
  /** Told of each event that could not be judged, and of what failed as a whole: a correction's id, or `late` for events that came after one. */
  readonly failed: (what: number | 'late', error: unknown) => void
}

/**
 * Judges every event of speeding that a corrected limit concerns by the true one, whoever drove; their trips get new versions, and all who
 * are affected are scored and priced anew. Goes on where it was left, and doing it again changes nothing. Corrections take turns, a batch each, and with
 * them what came late: a busy road keeps nobody at another waiting. An event that cannot be judged holds up no other: it
 * is noted, as one that came late, for the next time.
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
  /** What could be done; null, and told, where it failed. */
  const refused = new Set<string>()
  const tell = (what: number | 'late', error: unknown): void => {
    done.failed += 1
    failed(what, error)
  }
  const attempt = async <T>(what: number | 'late', work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work()
    } catch (error) {
      if (signal?.aborted) throw error
      tell(what, error)
      return null
    }
  }
  const each = { nowMs, signal, refused }
  let open = due.map(({ id }) => id)
  let late: number | null = 0
  do {
    if (late !== null)
      late = await attempt('late', () => judgeNotedSpeeding(db, { ...each, failed: (error) => tell('late', error) }))
    done.trips += late ?? 0
    const left: number[] = []
    for (const id of open) {
      if (signal?.aborted === true) return done
      const step = await attempt(id, () => applyStep(db, id, { ...each, failed: (error) => tell(id, error) }))
      if (step === null) continue
      done.trips += step.trips
      if (step.more) left.push(id)
      else done.corrections += 1
    }
    open = left
  } while (open.length > 0)
  return done
}

/** One batch of a correction. */
async function applyStep(
  db: Database,
  id: number,
  { nowMs, signal, refused, failed }: Parameters<typeof judgeNotedSpeeding>[1],
): Promise<{ trips: number; more: boolean }> {
  const isDue = and(eq(limitCorrections.id, id), eq(limitCorrections.due, true))
  const [correction] = await db.select().from(limitCorrections).where(isDue)
  if (!correction) return { trips: 0, more: false }
  const events = await eventsNear(db, correction)
  const trips = await togetherOrAlone(events, {
    work: (some) => transactAgain(db, (tx) => judgeThese(tx, correction, some, nowMs)),
    failed: async ({ id: eventId }, error) => {
      await db.insert(speedingNotes).values({ eventId })
      refused.add(eventId)
      failed(error)
    },
    signal,
  })
  const more = events.length === batch
  const judgedTo = events.at(-1)?.id ?? correction.judgedTo
  await db.update(limitCorrections).set({ judgedTo, due: more }).where(isDue)
  return { trips, more }
}

type EventRow = typeof drivingEvents.$inferSelect

async function judgeThese(
  tx: Database,
  correction: Correction,
  events: readonly EventRow[],
  nowMs: number,
): Promise<number> {
  const tripIds = await judgeByLimit(tx, correction, events, { nowMs })
  return correctJudgedTrips(tx, new Map(tripIds.map((tripId) => [tripId, correction])))
}

/** The next events of speeding in a square around the place, in the order of their ids. */
function eventsNear(db: Database, { lat, lon, radiusM, validFrom, validUntil, judgedTo }: Correction) {
  const reach = radiusM / metresPerDegree
  const reachLon = reach / Math.max(0.01, Math.cos((lat * Math.PI) / 180))
  const { id, kind, startAt, lat: atLat, lon: atLon } = drivingEvents
  return db
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
