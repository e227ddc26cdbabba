import type { ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { and, asc, eq, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { trips } from '../db/schema/trips.ts'
import { isRecent } from './is-recent.ts'

/**
 * The ended trips of a policy, with their statistics, by start; marked where another than its driver drove: what is said not to have been the
 * driver is paid for by the kilometre alone.
 */
export async function tripsOfPolicy(db: Database, policyId: string): Promise<ReceiptTrip[]> {
  const [policy] = await db.select({ driverId: policies.driverId }).from(policies).where(eq(policies.id, policyId))
  const rows = await endedTrips(db, eq(trips.policyId, policyId))
  return rows.map(({ driverId, ...trip }) =>
    driverId === policy?.driverId ? trip : { ...trip, driver: 'other' as const },
  )
}

/**
 * The ended trips of a driver in the days before the end of their newest one, by start.
 *
 * @param options.withTrip id of a trip that is looked upon as one of theirs, whosever it is
 */
export async function recentTrips(
  db: Database,
  { driverId, days, withTrip }: { driverId: string; days: number; withTrip?: string },
): Promise<ReceiptTrip[]> {
  const recent = isRecent(sql`${driverId}`, days, { withTrip })
  const theirs = and(eq(trips.driverId, driverId), recent)
  const rows = await endedTrips(db, withTrip === undefined ? theirs : or(theirs, and(eq(trips.id, withTrip), recent)))
  return rows.map(({ driverId: _own, ...trip }) => trip)
}

async function endedTrips(db: Database, which: SQL | undefined) {
  const { id, driverId, startAt, endAt, thresholdsHash, statistics } = trips
  const rows = await db
    .select({ id, driverId, startAt, endAt, thresholdsHash, statistics })
    .from(trips)
    .where(and(which, isNotNull(statistics)))
    .orderBy(asc(startAt), asc(id))
  return rows.flatMap((row) =>
    row.endAt && row.thresholdsHash && row.statistics
      ? {
          id: row.id,
          driverId: row.driverId,
          startAt: row.startAt.getTime(),
          endAt: row.endAt.getTime(),
          thresholdsHash: row.thresholdsHash,
          statistics: row.statistics,
        }
      : [],
  )
}
