import { randomUUID } from 'node:crypto'
import type { Database } from '../db/database.ts'
import type { limitCorrections } from '../db/schema/contests.ts'
import { correctTrip } from '../trips/correct-trip.ts'
import { recordTripCompleted, type TripChange } from '../trips/trip-completed.ts'
import { lockTrip } from '../trips/trip-versions.ts'

type Correction = typeof limitCorrections.$inferSelect

/**
 * Gives trips with events that a corrected limit has judged the version that counts, in the order of their ids, and tells of them together. One that has not
 * ended gets its own as it ends.
 *
 * @param judged the correction by trip
 * @returns how many trips got a version
 */
export async function correctJudgedTrips(tx: Database, judged: ReadonlyMap<string, Correction>): Promise<number> {
  const correlationId = randomUUID()
  const changes: TripChange[] = []
  for (const [tripId, { limitKmh, contestId }] of [...judged].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const before = await lockTrip(tx, tripId)
    if (!before || before.version === 0) continue
    const changeReason = `the limit is ${limitKmh} km/h: contest ${contestId} was upheld`
    const why = { cause: 'limit_corrected', changedBy: null, changeReason, correlationId } as const
    changes.push({ before, after: await correctTrip(tx, before, why) })
  }
  await recordTripCompleted(tx, changes, { correlationId })
  return changes.length
}
