import { canonicalJson } from '@fairmile/models/canonical-json.ts'
import { counted } from '@fairmile/models/trips/merge-statistics.ts'
import { tripAccount } from '@fairmile/models/trips/trip-account.ts'
import { and, count, desc, eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { tripAccounts } from '../db/schema/trip-records.ts'
import { drivingEvents } from '../db/schema/trips.ts'
import { mayBeArchived } from './archived-times.ts'
import { secondsOfTrip } from './trip-seconds.ts'
import { endedOf, type TripRow } from './trip-versions.ts'

/**
 * Makes the cloud's own account of an ended trip from all of its telematics that are stored; a new version where it differs from the one before.
 *
 * Of what went into an archive none is made anew.
 * @returns whether it differs
 */
export async function accountTrip(tx: Database, trip: TripRow, { nowMs }: { nowMs: number }): Promise<boolean> {
  const span = endedOf(trip)
  if (!span || (await mayBeArchived(tx, trip))) return false
  const seconds = await secondsOfTrip(tx, span)
  const account = tripAccount(seconds, { ...span, events: await eventsOf(tx, trip) })
  const [before] = await tx
    .select()
    .from(tripAccounts)
    .where(eq(tripAccounts.tripId, trip.id))
    .orderBy(desc(tripAccounts.version))
    .limit(1)
  if (before && canonicalJson(before.account) === canonicalJson(account)) return false
  const version = (before?.version ?? 0) + 1
  await tx.insert(tripAccounts).values({ tripId: trip.id, version, computedAt: new Date(nowMs), account })
  return true
}

async function eventsOf(tx: Database, { id, deviceId }: TripRow) {
  const { kind, band, grade } = drivingEvents
  const rows = await tx
    .select({ kind, band, grade, count: count() })
    .from(drivingEvents)
    .where(and(eq(drivingEvents.tripId, id), eq(drivingEvents.deviceId, deviceId)))
    .groupBy(kind, band, grade)
  return rows.reduce<ReturnType<typeof counted>>((counts, row) => counted(counts, row, row.count), [])
}
