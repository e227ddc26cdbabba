import type { TripsRecord } from '@fairmile/contract/records.ts'
import { inArray, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'
import { policyAt } from '../drivers/policy-at.ts'
import { lockOverlapping } from './lock-overlapping.ts'
import { settleOverlaps } from './settle-overlaps.ts'
import { storeEvent } from './store-event.ts'
import { refuseForeignTrips, storeTrip, type TripSource } from './store-trip.ts'
import { touchTrip } from './touch-trips.ts'

/**
 * Stores the records of a `trips` batch in their order, and records TripCompleted for each trip that ended under a policy.
 *
 * Storing a record again changes nothing, and the order in which records come makes no difference to what counts in the end.
 * @throws {ForeignIdError} where an id belongs to another device
 */
export async function storeTrips(tx: Database, source: TripSource, records: readonly TripsRecord[]): Promise<void> {
  await refuseForeignTrips(
    tx,
    records.map((record) => ({ deviceId: source.deviceId, tripId: tripIdOf(record) })),
  )
  const { firstSeq = 1 } = source
  const told = records.flatMap((record) => (record.type === 'trip' ? [record.trip] : []))
  await lockOverlapping(tx, source.deviceId, told)
  for (const [index, record] of records.entries()) {
    if (record.type === 'trip') await storeTrip(tx, source, record.trip)
    else if (record.type === 'event') await storeEvent(tx, source, { seq: firstSeq + index, event: record.event })
    else await storeStart(tx, source, record)
  }
  await settleOverlaps(
    tx,
    source,
    told.map(({ id }) => id),
  )
  const events = records.filter((record) => record.type === 'event')
  await touchEndedTrips(tx, [...new Set(events.map(({ event }) => event.tripId))])
}

function tripIdOf(record: TripsRecord): string {
  if (record.type === 'trip') return record.trip.id
  return record.type === 'event' ? record.event.tripId : record.tripId
}

async function storeStart(
  tx: Database,
  { deviceId, boot, vehicleId }: TripSource,
  { tripId, startAt, lat, lon }: Extract<TripsRecord, { type: 'trip_started' }>,
): Promise<void> {
  const at = new Date(startAt)
  const cover = await policyAt(tx, { vehicleId, at })
  const driverId = cover?.driverId ?? null
  const policyId = cover?.policyId ?? null
  const values = { id: tripId, deviceId, bootId: boot, vehicleId, driverId, policyId }
  await tx
    .insert(trips)
    .values({ ...values, startAt: at, startLat: lat, startLon: lon })
    .onConflictDoNothing()
  // Where the cloud has found it already, what was found takes the id that the car gave.
  await tx.execute(sql`
    INSERT INTO trip_touches (device_id, boot_id, first_seq, last_seq, due_at)
    SELECT device_id, boot_id, first_seq, last_seq, now() FROM trips
    WHERE device_id = ${deviceId} AND source = 'cloud' AND id <> ${tripId}
      AND start_at <= ${at.toISOString()}::timestamptz AND end_at >= ${at.toISOString()}::timestamptz`)
}

/** An event that comes after its trip has ended belongs in the trip's account. */
async function touchEndedTrips(tx: Database, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const { deviceId, bootId, firstSeq, lastSeq, version } = trips
  const found = await tx
    .select({ deviceId, boot: bootId, firstSeq, lastSeq, version })
    .from(trips)
    .where(inArray(trips.id, [...ids]))
  for (const { deviceId: of, boot, firstSeq: first, lastSeq: last, version: number } of found)
    if (number > 0) await touchTrip(tx, { deviceId: of, boot, firstSeq: first ?? 0, lastSeq: last ?? 0 })
}
