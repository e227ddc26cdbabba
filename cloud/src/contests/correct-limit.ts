import type { TrueLimit } from '@fairmile/contract/http/contests.ts'
import { headingOf } from '@fairmile/models/contests/place.ts'
import type { Database } from '../db/database.ts'
import { limitCorrections } from '../db/schema/contests.ts'
import type { drivingEvents } from '../db/schema/trips.ts'
import { judgeByLimit } from './judge-by-limit.ts'
import type { ContestRow } from './settle-contest.ts'

/** How long before the event the limit was wrong where nobody says since when. */
const defaultBeforeMs = 365 * 86_400_000

/**
 * Corrects the limit at the place of an event. The event itself is judged by it at once, those of others in the job that does all of them.
 */
export async function correctLimit(
  tx: Database,
  {
    contest,
    event,
    limit,
    nowMs,
  }: { contest: ContestRow; event: typeof drivingEvents.$inferSelect; limit: TrueLimit; nowMs: number },
): Promise<void> {
  const { lat, lon, startAt, endAt, trace } = event
  if (lat === null || lon === null) return
  const [correction] = await tx
    .insert(limitCorrections)
    .values({
      ...{ contestId: contest.id, lat, lon, radiusM: limit.radiusM, limitKmh: limit.limitKmh },
      headingDeg: headingOf(trace, endAt.getTime() - startAt.getTime()),
      validFrom: new Date(limit.from ?? startAt.getTime() - defaultBeforeMs),
      validUntil: limit.until === undefined ? null : new Date(limit.until),
      createdAt: new Date(nowMs),
    })
    .returning()
  await judgeByLimit(tx, correction!, [event], { nowMs })
}
