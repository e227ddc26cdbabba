import { foundTripId } from '@fairmile/contract/ids.ts'
import { and, asc, eq, gt, lt, ne } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { tripDigests } from '../db/schema/trip-digests.ts'
import { trips } from '../db/schema/trips.ts'
import { keepVersion, type TripRow } from './trip-versions.ts'

/**
 * Takes away the trips that the cloud found within a time in which the car now says what was driven, all but the one that the car tells of itself.
 * Their versions stay on record; what ends or begins as it does is no part of it, and what of them the car does not cover is left by `leaveRests`.
 *
 * @returns what was taken away
 */
export async function takeFoundAway(
  tx: Database,
  { deviceId, tripId, fromMs, toMs }: { deviceId: string; tripId: string; fromMs: number; toMs: number },
): Promise<TripRow[]> {
  const overlapping = and(
    eq(trips.deviceId, deviceId),
    eq(trips.source, 'cloud'),
    ne(trips.id, tripId),
    lt(trips.startAt, new Date(toMs)),
    gt(trips.endAt, new Date(fromMs)),
  )
  const found = await tx.select().from(trips).where(overlapping).orderBy(asc(trips.startAt)).for('update')
  for (const row of found) await takeAway(tx, row)
  return found
}

/** Takes one trip that the cloud found away; its version stays on record. */
export async function takeAway(tx: Database, row: TripRow): Promise<void> {
  await keepVersion(tx, row)
  await tx.delete(trips).where(eq(trips.id, row.id))
  await tx.delete(tripDigests).where(eq(tripDigests.tripId, row.id))
}

/** Whether the id of a trip that the cloud found is the car's, which told its start: then it is not of the cloud's making. */
export const hasToldId = ({ id, deviceId, bootId, firstSeq }: TripRow): boolean =>
  id !== foundTripId(deviceId, bootId, firstSeq ?? 0)
