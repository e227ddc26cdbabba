import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import type { Told } from '@fairmile/contract/http/notifications.ts'
import { and, desc, eq, exists, gt, isNotNull, lt, notExists, or, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { policies } from '../db/schema/people.ts'
import { tripVersions } from '../db/schema/trip-records.ts'
import { trips } from '../db/schema/trips.ts'

/**
 * Tells whom a person has named as the driver of a trip that was not theirs before, and who has had it since: also where the car told more of the trip before
 * this was handled, for the event of that names the same driver and says nothing.
 */
export async function tellOfAssignment(
  tx: Database,
  { tripId, driverId, version = 0 }: StoredDomainEvent<'TripCompleted'>['data'],
): Promise<(Told & { driverId: string }) | null> {
  const versions = (which: Parameters<typeof and>[0]) =>
    tx
      .select({ found: sql`1` })
      .from(tripVersions)
      .where(and(eq(tripVersions.tripId, tripId), which))
  const { version: at, driverId: by, changedBy } = tripVersions
  const wasNamed = versions(and(eq(at, version), eq(by, driverId), isNotNull(changedBy)))
  const wasOthers = versions(and(gt(at, version), sql`${by} IS DISTINCT FROM ${driverId}`))
  const isTheirs = and(eq(trips.driverId, driverId), trips.assigned, notExists(wasOthers))
  const [trip] = await tx
    .select({ startAt: trips.startAt, statistics: trips.statistics, insured: policies.driverId })
    .from(trips)
    .leftJoin(policies, eq(policies.id, trips.policyId))
    .where(and(eq(trips.id, tripId), isTheirs, or(eq(trips.version, version), exists(wasNamed))))
  if (!trip) return null
  const [before] = await tx
    .select({ driverId: by })
    .from(tripVersions)
    .where(and(eq(tripVersions.tripId, tripId), lt(at, version)))
    .orderBy(desc(at))
    .limit(1)
  if (!before || before.driverId === driverId) return null
  const distanceM = trip.statistics?.distanceM ?? 0
  const isOnOwnPolicy = trip.insured === driverId
  const startAt = trip.startAt.toISOString()
  return { driverId, kind: 'trip_assigned', data: { tripId, startAt, distanceM, isOnOwnPolicy } }
}
