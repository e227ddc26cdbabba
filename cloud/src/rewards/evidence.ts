import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import type { EventCount } from '@fairmile/contract/trip.ts'
import type { RewardEvidence } from '@fairmile/models/rewards/assess.ts'
import { addDays, dayOf, mondayOf } from '@fairmile/models/rewards/calendar.ts'
import { emptyStatistics } from '@fairmile/models/trips/merge-statistics.ts'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { rewardParticipations } from '../db/schema/rewards.ts'

/** Weeks that are judged anew: long enough for the longest milestone; what comes later than that changes nothing. */
const weeksBack = 31

/** Everything that a driver's rewards rest on, as it is now. */
export async function readEvidence(
  db: Database,
  { driverId, now }: { driverId: string; now: number },
): Promise<RewardEvidence> {
  const from = addDays(mondayOf(dayOf(now)), -7 * weeksBack)
  const [known] = await selectRows<{ firstMs: number | null }>(
    db,
    sql`
      SELECT (extract(epoch FROM min(start_at)) * 1000)::float8 AS "firstMs" FROM trips
      WHERE driver_id = ${driverId} AND statistics IS NOT NULL`,
  )
  const { challengeId, joinedAt, decidedAt, outcome } = rewardParticipations
  const joined = await db
    .select({ challengeId, joinedAt, decidedAt, outcome })
    .from(rewardParticipations)
    .where(and(eq(rewardParticipations.driverId, driverId), isNull(rewardParticipations.leftAt)))
    .orderBy(asc(joinedAt))
  return {
    trips: await tripsSince(db, driverId, from),
    from,
    insured: await insuredCars(db, { driverId, now }),
    since: known?.firstMs == null ? null : dayOf(known.firstMs),
    joined: joined.map((row) => ({
      challengeId: row.challengeId,
      joinedAt: row.joinedAt.getTime(),
      decided: row.outcome && row.decidedAt && { state: row.outcome, decidedAt: row.decidedAt.getTime() },
    })),
  }
}

/** The newest word of a car's boxes counts: one that was replaced has nothing more to say. */
async function insuredCars(
  db: Database,
  { driverId, now }: { driverId: string; now: number },
): Promise<RewardEvidence['insured']> {
  const rows = await selectRows<{ vehicleId: string; startsOn: string; endsOn: string; heardMs: number | null }>(
    db,
    sql`
      SELECT p.vehicle_id AS "vehicleId", p.starts_on::text AS "startsOn", p.ends_on::text AS "endsOn",
        (SELECT (extract(epoch FROM max(d.last_seen_at)) * 1000)::float8 FROM devices d
         WHERE d.vehicle_id = p.vehicle_id) AS "heardMs"
      FROM policies p WHERE p.driver_id = ${driverId}`,
  )
  return rows.map(({ heardMs, ...car }) => ({ ...car, heardAt: heardMs === null ? null : Math.min(heardMs, now) }))
}

interface TripFigures extends Record<string, unknown> {
  id: string
  startMs: number
  endMs: number
  distanceM: number
  gradableM: number
  phoneS: number
  phoneKnownS: number
  events: EventCount[]
}

/** Only the figures that rewards rest on leave the database: a trip's statistics are kilobytes. */
async function tripsSince(db: Database, driverId: string, from: string): Promise<ReceiptTrip[]> {
  const rows = await selectRows<TripFigures>(
    db,
    sql`
      SELECT id, (extract(epoch FROM start_at) * 1000)::float8 AS "startMs",
        (extract(epoch FROM end_at) * 1000)::float8 AS "endMs",
        (statistics ->> 'distanceM')::float8 AS "distanceM", (statistics ->> 'gradableM')::float8 AS "gradableM",
        coalesce((statistics ->> 'phoneS')::float8, 0) AS "phoneS",
        coalesce((statistics ->> 'phoneKnownS')::float8, 0) AS "phoneKnownS", statistics -> 'events' AS events
      FROM trips
      WHERE driver_id = ${driverId} AND start_at >= ${from}::timestamptz AND statistics IS NOT NULL
      ORDER BY start_at, id`,
  )
  return rows.map(({ id, startMs, endMs, events, distanceM, gradableM, phoneS, phoneKnownS }) => ({
    id,
    startAt: startMs,
    endAt: endMs,
    thresholdsHash: '',
    statistics: { ...emptyStatistics(), distanceM, gradableM, phoneS, phoneKnownS, events },
  }))
}
