import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import { eq, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { drivingEvents, trips } from '../db/schema/trips.ts'
import { type CoveringPolicy, policyAt } from '../drivers/policy-at.ts'
import { recordDomainEvent } from '../events/outbox.ts'

/** The device, its boot and the vehicle it is in. */
export interface TripSource {
  deviceId: string
  boot: number
  vehicleId: string
  /** What ties the events to the batch: its hash, hex. @default a new one an event */
  correlationId?: string | undefined
}

/** A trip or event of that id was sent by another device. */
export class ForeignIdError extends Error {
  override readonly name = 'ForeignIdError'
}

/**
 * Stores the records of a `trips` batch in their order, and records TripCompleted for each trip that ended under a policy.
 *
 * Storing a record again changes nothing but what is newer in it.
 * @throws {ForeignIdError} where an id belongs to another device
 */
export async function storeTrips(tx: Database, source: TripSource, records: readonly TripsRecord[]): Promise<void> {
  for (const record of records) {
    if (record.type === 'trip') await storeTrip(tx, source, record.trip)
    else if (record.type === 'event') await storeEvent(tx, source, record.event)
    else await storeStart(tx, source, record)
  }
}

async function storeStart(
  tx: Database,
  { deviceId, boot, vehicleId }: TripSource,
  { tripId, startAt, lat, lon }: Extract<TripsRecord, { type: 'trip_started' }>,
): Promise<void> {
  const at = new Date(startAt)
  const cover = await policyAt(tx, { vehicleId, at })
  await tx
    .insert(trips)
    .values({
      id: tripId,
      deviceId,
      bootId: boot,
      vehicleId,
      driverId: cover?.driverId ?? null,
      policyId: cover?.policyId ?? null,
      startAt: at,
      startLat: lat,
      startLon: lon,
    })
    .onConflictDoNothing()
}

async function storeTrip(tx: Database, source: TripSource, trip: TripRecord): Promise<void> {
  const { deviceId, boot, vehicleId } = source
  const cover = await policyAt(tx, { vehicleId, at: new Date(trip.startAt) })
  const values = {
    bootId: boot,
    vehicleId,
    driverId: cover?.driverId ?? null,
    policyId: cover?.policyId ?? null,
    startAt: new Date(trip.startAt),
    startLat: trip.startLat,
    startLon: trip.startLon,
    endAt: new Date(trip.endAt),
    endReason: trip.endReason,
    endLat: trip.endLat,
    endLon: trip.endLon,
    firstSeq: trip.firstSeq,
    lastSeq: trip.lastSeq,
    thresholdsHash: trip.thresholdsHash,
    statistics: trip.statistics,
    updatedAt: new Date(),
  }
  const stored = await tx
    .insert(trips)
    .values({ id: trip.id, deviceId, ...values })
    .onConflictDoUpdate({ target: trips.id, set: values, setWhere: eq(trips.deviceId, deviceId) })
    .returning({ id: trips.id })
  if (stored.length === 0) throw new ForeignIdError(`Storing the trip "${trip.id}" of ${deviceId}: another device's`)
  if (cover) await recordTripCompleted(tx, source, trip, cover)
}

async function recordTripCompleted(
  tx: Database,
  { deviceId, correlationId }: TripSource,
  trip: TripRecord,
  cover: CoveringPolicy,
) {
  const { id: tripId, startAt, endAt } = trip
  const { driverId, policyId } = cover
  const data = { tripId, deviceId, driverId, policyId, startAt, endAt }
  await recordDomainEvent(tx, { type: 'TripCompleted', subject: driverId, data }, { correlationId })
}

async function storeEvent(tx: Database, { deviceId, boot, vehicleId }: TripSource, event: DrivingEvent): Promise<void> {
  const { id, startAt, endAt, ...rest } = event
  const [trip] = await tx.select({ driverId: trips.driverId }).from(trips).where(eq(trips.id, event.tripId))
  const cover = trip ?? (await policyAt(tx, { vehicleId, at: new Date(startAt) }))
  const values = {
    ...rest,
    bootId: boot,
    driverId: cover?.driverId ?? null,
    startAt: new Date(startAt),
    endAt: new Date(endAt),
    trace: event.trace ?? sql`NULL`,
  }
  const stored = await tx
    .insert(drivingEvents)
    .values({ id, deviceId, ...values })
    .onConflictDoUpdate({ target: drivingEvents.id, set: values, setWhere: eq(drivingEvents.deviceId, deviceId) })
    .returning({ id: drivingEvents.id })
  if (stored.length === 0) throw new ForeignIdError(`Storing the event "${id}" of ${deviceId}: another device's`)
}
