import type { PathPoint } from '@fairmile/contract/http/trips.ts'
import { eq, type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'
import { isTrue, type PackedPoint, unpackPoint } from './digests.ts'
import { pathPoints, secondsOfBoot, secondsOfEnded, slackHours, wholeS } from './path-points.ts'

const moment = (ms: number): SQL => sql`${new Date(ms).toISOString()}::timestamptz`

/** The path of a trip in at most 500 points: from its digest where that is true, from its seconds otherwise. */
export async function tripPath(db: Database, tripId: string): Promise<PathPoint[]> {
  const [digest] = await selectRows<{ path: PackedPoint[] }>(
    db,
    sql`SELECT d.path FROM trips t JOIN trip_digests d ON ${isTrue} WHERE t.id = ${tripId}`,
  )
  return digest ? digest.path.map(unpackPoint) : pathOfSeconds(db, tripId)
}

/**
 * The path of a trip, read from its seconds.
 *
 * A running trip has no last sequence number yet: its path goes to the newest event of its boot. The bounds of `at` keep other months'
 * partitions out of it.
 */
export async function pathOfSeconds(db: Database, tripId: string): Promise<PathPoint[]> {
  const { deviceId, bootId, firstSeq, lastSeq, startAt, endAt } = trips
  const [trip] = await db
    .select({ deviceId, bootId, firstSeq, lastSeq, startAt, endAt })
    .from(trips)
    .where(eq(trips.id, tripId))
  if (!trip) return []
  const start = trip.startAt.getTime()
  const end = trip.endAt?.getTime() ?? start
  const terms = {
    ...{ deviceId: sql`${trip.deviceId}`, bootId: sql`${trip.bootId}` },
    ...{ firstSeq: sql`${trip.firstSeq}`, lastSeq: sql`${trip.lastSeq}`, startAt: moment(start), endAt: moment(end) },
    ...{ earliest: moment(start - slackHours * 3_600_000), latest: moment(end + slackHours * 3_600_000) },
    wholeBy: moment(start + wholeS * 1000),
  }
  const seconds =
    trip.firstSeq === null || trip.lastSeq === null
      ? sql`${secondsOfBoot(terms)} AND at >= ${terms.startAt}`
      : secondsOfEnded(terms)
  return selectRows<PathPoint & Record<string, unknown>>(db, pathPoints(seconds, terms.startAt))
}
