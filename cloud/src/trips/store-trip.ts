import { createHash } from 'node:crypto'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import { canonicalJson } from '@fairmile/models/canonical-json.ts'
import { eq, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { tripVersions } from '../db/schema/trip-records.ts'
import { trips } from '../db/schema/trips.ts'
import { assignmentOf } from './assignment-of.ts'
import { correctStored } from './correct-trip.ts'
import { coverOf } from './cover-of.ts'
import { leaveRests } from './leave-rests.ts'
import { takeFoundAway } from './take-found-away.ts'
import { isToldAhead } from './told-ahead.ts'
import { touchTrip } from './touch-trips.ts'
import { recordTripCompleted } from './trip-completed.ts'
import { keepVersion, lockTrip, type TripRow, wasKept } from './trip-versions.ts'

/** The device, its boot and the vehicle it is in. */
export interface TripSource {
  deviceId: string
  boot: number
  vehicleId: string
  /** What ties the events to the batch: its hash, hex. @default a new one a change */
  correlationId?: string | undefined
  /** Number in the lane of trips of the first of its records. @default 1 */
  firstSeq?: number | undefined
  /** When it came, of a replayed letter when that came, UTC epoch milliseconds. @default now */
  toldMs?: number | undefined
}

/** A trip or event of that id was sent by another device. */
export class ForeignIdError extends Error {
  override readonly name = 'ForeignIdError'
}

/**
 * What devices tell of trips is of their own, asked once for all of it.
 * @throws {ForeignIdError} where a trip is another's; one that is not here yet may still come
 */
export async function refuseForeignTrips(
  tx: Database,
  told: readonly { deviceId: string; tripId: string }[],
): Promise<void> {
  if (told.length === 0) return
  const ids = [...new Set(told.map(({ tripId }) => tripId))]
  const known = await tx
    .select({ id: trips.id, of: trips.deviceId })
    .from(trips)
    .where(sql`${trips.id} = ANY(${sql.param(ids)}::text[])`)
  const owners = new Map(known.map(({ id, of }) => [id, of]))
  const foreign = told.find(({ deviceId, tripId }) => (owners.get(tripId) ?? deviceId) !== deviceId)
  if (foreign)
    throw new ForeignIdError(`Storing what ${foreign.deviceId} tells of the trip "${foreign.tripId}": another device's`)
}

/**
 * Stores the car's record of a trip that ended.
 *
 * Of several records of one trip the newest counts: of the later boot, of the higher last number, that ends later, of more seconds. So it makes no difference in what
 * order they come. What gives way is kept as a version, and so is an older record that comes late.
 * @throws {ForeignIdError} where the id belongs to another device
 */
export async function storeTrip(tx: Database, source: TripSource, trip: TripRecord): Promise<void> {
  const row = await rowFor(tx, source, trip)
  const { deviceId, boot } = source
  if (row.deviceId !== deviceId)
    throw new ForeignIdError(`Storing the trip "${trip.id}" of ${deviceId}: another device's`)
  const recordHash = createHash('sha256').update(canonicalJson({ boot, trip })).digest('hex')
  if (row.recordHash === recordHash || (await wasKept(tx, trip.id, recordHash))) return
  const isFirst = row.version === 0 || row.source === 'cloud'
  if (!isFirst && !isNewer({ boot, trip, recordHash }, row)) return keepLate(tx, source, trip, row, recordHash)
  await keepVersion(tx, row)
  const replaced = await takeFoundAway(tx, { deviceId, tripId: trip.id, fromMs: trip.startAt, toMs: trip.endAt })
  const found = row.source === 'cloud' ? [row, ...replaced] : replaced
  const rests = await leaveRests(tx, found, trip, source)
  const stored = { id: trip.id, vehicleId: source.vehicleId, startAt: new Date(trip.startAt) }
  const said = assignmentOf(trip, row, replaced)
  const cause = row.source === 'cloud' ? 'recovered' : isFirst ? 'recorded' : 'corrected'
  const [after] = await tx
    .update(trips)
    .set({
      ...valuesOf(source, trip),
      ...(await coverOf(tx, stored, { said, isFirst: row.version === 0 })),
      vehicleId: source.vehicleId,
      startLat: trip.startLat,
      startLon: trip.startLon,
      endLat: trip.endLat,
      endLon: trip.endLon,
      recordHash,
      carStatistics: null,
      overlapsId: null,
      toldAhead: isToldAhead(trip.endAt, source.toldMs ?? Date.now()),
      version: row.versions + 1,
      versions: row.versions + 1,
      source: 'car',
      cause,
      changedBy: null,
      changeReason: null,
      correlationId: source.correlationId ?? null,
      updatedAt: new Date(),
    })
    .where(eq(trips.id, trip.id))
    .returning()
  const changes = [
    { before: row, after: await correctStored(tx, after!) },
    ...replaced.map((before) => ({ before, after: null })),
    ...rests.map((rest) => ({ before: null, after: rest })),
  ]
  await recordTripCompleted(tx, changes, source)
  const { firstSeq, lastSeq } = trip
  // The cloud may be finding the same driving just now: what it keeps after this is looked at once more.
  await touchTrip(tx, { deviceId, boot, firstSeq, lastSeq }, { accountsOnly: false })
  // What the record does not cover of what was found is found again, from its seconds.
  for (const { bootId, firstSeq: first, lastSeq: last } of found)
    await touchTrip(tx, { deviceId, boot: bootId, firstSeq: first ?? 0, lastSeq: last ?? 0 }, { accountsOnly: false })
}

/** The trip's row, locked; made where there is none. */
async function rowFor(tx: Database, { deviceId, boot, vehicleId }: TripSource, trip: TripRecord): Promise<TripRow> {
  const startAt = new Date(trip.startAt)
  await tx.insert(trips).values({ id: trip.id, deviceId, bootId: boot, vehicleId, startAt }).onConflictDoNothing()
  const row = await lockTrip(tx, trip.id)
  if (!row) throw new Error(`Storing the trip "${trip.id}" of ${deviceId}: its row has gone meanwhile`)
  return row
}

/** An older record that comes after a newer one is kept with its number, and counts for nothing. */
async function keepLate(
  tx: Database,
  source: TripSource,
  trip: TripRecord,
  { versions, driverId, policyId }: TripRow,
  recordHash: string,
): Promise<void> {
  const version = versions + 1
  await tx.update(trips).set({ versions: version }).where(eq(trips.id, trip.id))
  await tx.insert(tripVersions).values({
    ...valuesOf(source, trip),
    tripId: trip.id,
    version,
    deviceId: source.deviceId,
    driverId,
    policyId,
    source: 'car',
    recordHash,
    recordedAt: new Date(),
    cause: 'came_late',
    correlationId: source.correlationId ?? null,
  })
}

function valuesOf({ boot }: TripSource, trip: TripRecord) {
  const { endReason, firstSeq, lastSeq, thresholdsHash, statistics } = trip
  const times = { startAt: new Date(trip.startAt), endAt: new Date(trip.endAt) }
  return { ...times, bootId: boot, endReason, firstSeq, lastSeq, thresholdsHash, statistics }
}

/** An order of all records of one trip: later boots, numbers, ends and sums are newer; the hash decides between the rest. Of one boot the numbers come first, as its clock may have been set back. */
function isNewer(record: { boot: number; trip: TripRecord; recordHash: string }, row: TripRow): boolean {
  const { boot, trip, recordHash } = record
  const differences = [
    boot - row.bootId,
    trip.lastSeq - (row.lastSeq ?? 0),
    trip.endAt - (row.endAt?.getTime() ?? 0),
    trip.statistics.durationS - (row.statistics?.durationS ?? 0),
    recordHash > (row.recordHash ?? '') ? 1 : -1,
  ]
  return (differences.find((difference) => difference !== 0) ?? 0) > 0
}
