import { asc, desc, eq, inArray, max, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { tripVersions } from '../db/schema/trip-records.ts'
import { trips } from '../db/schema/trips.ts'

export type TripRow = typeof trips.$inferSelect
type VersionRow = typeof tripVersions.$inferSelect

/** A trip that has ended, as its row says. */
type EndedTrip = Omit<VersionRow, 'tripId' | 'recordedAt'>

/** Locks a trip's row until the transaction ends; null where there is none. */
export async function lockTrip(tx: Database, id: string): Promise<TripRow | null> {
  const [row] = await tx.select().from(trips).where(eq(trips.id, id)).for('update')
  return row ?? null
}

/** Locks the rows of trips until the transaction ends, in the order of their ids, as everywhere; those that there are, by id. */
export async function lockTrips(tx: Database, ids: readonly string[]): Promise<Map<string, TripRow>> {
  const rows = await tx
    .select()
    .from(trips)
    .where(inArray(trips.id, [...ids]))
    .orderBy(asc(trips.id))
    .for('update')
  return new Map(rows.map((row) => [row.id, row]))
}

/** Keeps the version that a row is, before it gives way to another; nothing of a trip that has not ended. */
export async function keepVersion(tx: Database, row: TripRow): Promise<void> {
  const ended = endedOf(row)
  if (ended) await tx.insert(tripVersions).values({ tripId: row.id, recordedAt: row.updatedAt, ...ended })
}

/** What a trip's row says of a version; null while the trip runs. */
export function endedOf(row: TripRow): EndedTrip | null {
  const { endAt, thresholdsHash, statistics, firstSeq, lastSeq, cause } = row
  if (row.version === 0 || !endAt || !statistics || thresholdsHash === null) return null
  const { version, deviceId, bootId, driverId, policyId, source, startAt, endReason } = row
  const { recordHash, changedBy, changeReason, correlationId } = row
  return {
    ...{ version, deviceId, bootId, driverId, policyId, source, startAt, endAt, endReason, thresholdsHash, statistics },
    ...{ firstSeq: firstSeq ?? 0, lastSeq: lastSeq ?? 0, cause: cause ?? 'recorded' },
    ...{ recordHash, changedBy, changeReason, correlationId },
  }
}

/** The number that a trip's next version gets, where its row does not know: it may have been taken away before. */
export async function nextVersionOf(tx: Database, tripId: string): Promise<number> {
  const [row] = await tx
    .select({ newest: max(tripVersions.version) })
    .from(tripVersions)
    .where(eq(tripVersions.tripId, tripId))
  return (row?.newest ?? 0) + 1
}

/** Whether a record of the car was ever kept for the trip, beside the one that counts. */
export async function wasKept(tx: Database, tripId: string, recordHash: string): Promise<boolean> {
  const [row] = await tx
    .select({ found: sql<number>`1` })
    .from(tripVersions)
    .where(sql`${tripVersions.tripId} = ${tripId} AND ${tripVersions.recordHash} = ${recordHash}`)
    .limit(1)
  return row !== undefined
}

/** The versions of a trip that count no more, the newest first. */
export const formerVersions = (db: Database, tripId: string): Promise<VersionRow[]> =>
  db.select().from(tripVersions).where(eq(tripVersions.tripId, tripId)).orderBy(desc(tripVersions.version))
