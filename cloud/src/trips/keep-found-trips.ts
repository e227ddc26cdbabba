import { createHash, randomUUID } from 'node:crypto'
import { foundTripId } from '@fairmile/contract/ids.ts'
import { canonicalJson } from '@fairmile/models/canonical-json.ts'
import { thresholds, thresholdsHash } from '@fairmile/models/events/thresholds.ts'
import type { FoundTrip } from '@fairmile/models/trips/found-trips.ts'
import { and, asc, eq, gte, lte } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { devices } from '../db/schema/devices.ts'
import { trips } from '../db/schema/trips.ts'
import { holdPolicies } from '../drivers/hold-policies.ts'
import { mayBeArchived } from './archived-times.ts'
import { assignmentOf } from './assignment-of.ts'
import { coverOf } from './cover-of.ts'
import type { Uncovered } from './find-trips.ts'
import { hasToldId, takeAway } from './take-found-away.ts'
import { isToldAhead } from './told-ahead.ts'
import { recordTripCompleted, type TripChange } from './trip-completed.ts'
import { keepVersion, lockTrip, nextVersionOf, type TripRow } from './trip-versions.ts'

/** The car tells a start with its own look at the time: within this of what the cloud found it is the same, ms. */
const sameStartMs = 120_000

/** The table by which the car would judge; of a trip that the cloud found nothing is judged. */
const table = thresholdsHash(thresholds, (text) => createHash('sha256').update(text).digest('hex'))

/**
 * Brings the trips that the cloud found in a part of a boot's log in line with what is found there now: new ones are made, changed ones get a
 * version, and those that are none any more are taken away. Doing it again changes nothing. Who was said to have driven stands as for a record of
 * the car (`assignmentOf`), also where a trip gets another id as its beginning comes.
 *
 * @returns the trips of the part that there are now
 */
export async function keepFoundTrips(
  tx: Database,
  { deviceId, bootId }: { deviceId: string; bootId: number },
  { firstSeq, lastSeq, due, early }: Uncovered,
): Promise<TripRow[]> {
  const mine = and(eq(trips.deviceId, deviceId), eq(trips.bootId, bootId), eq(trips.source, 'cloud'))
  const here = await tx
    .select()
    .from(trips)
    .where(and(mine, gte(trips.lastSeq, firstSeq), lte(trips.firstSeq, lastSeq)))
    .for('update')
  if (due.length > 0 || early.length > 0)
    await holdPolicies(tx, [await vehicleOf(tx, deviceId), ...here.map((row) => row.vehicleId)])
  // What was found once is found anew at once: it waits for nothing any more.
  const known = early.filter((trip) => here.some((row) => overlaps(row, trip)))
  // What was found in months that went into an archive stays as it is: the seconds that are left would make another trip of it, or none.
  const settled: TripRow[] = []
  for (const row of here) if (await mayBeArchived(tx, row)) settled.push(row)
  const changes: TripChange[] = []
  const kept: TripRow[] = []
  const correlationId = randomUUID()
  for (const trip of [...due, ...known]) {
    if (settled.some((row) => overlaps(row, trip))) continue
    const former = here.filter((row) => overlaps(row, trip))
    const change = await keepFound(tx, { deviceId, correlationId, former }, trip)
    kept.push(change.after)
    if (change.before !== change.after) changes.push(change)
  }
  for (const row of here.filter(({ id }) => ![...kept, ...settled].some((trip) => trip.id === id))) {
    await takeAway(tx, row)
    changes.push({ before: row, after: null })
  }
  await recordTripCompleted(tx, changes, { correlationId })
  return kept
}

const overlaps = (row: TripRow, trip: FoundTrip): boolean =>
  (row.firstSeq ?? 0) <= trip.lastSeq && (row.lastSeq ?? 0) >= trip.firstSeq

interface Means {
  deviceId: string
  correlationId: string
  /** What was found there before. */
  former: readonly TripRow[]
}

/** Makes or changes one trip; both sides are the same where nothing changed. */
async function keepFound(
  tx: Database,
  { deviceId, correlationId, former }: Means,
  { bootId, startAt, endAt, ...trip }: FoundTrip,
): Promise<{ before: TripRow | null; after: TripRow }> {
  const times = { startAt: new Date(startAt), endAt: new Date(endAt) }
  const id = (await startedAs(tx, { deviceId, bootId, ...times })) ?? foundTripId(deviceId, bootId, trip.firstSeq)
  const row = await lockTrip(tx, id)
  if (row && row.version > 0 && isSame(row, { startAt, endAt, ...trip })) return { before: row, after: row }
  if (row) await keepVersion(tx, row)
  const vehicleId = row?.vehicleId ?? (await vehicleOf(tx, deviceId))
  const said = assignmentOf(
    { startAt, endAt },
    row,
    former.filter((one) => one.id !== id),
  )
  const cover = await coverOf(
    tx,
    { id, vehicleId, startAt: times.startAt },
    { said, isFirst: !row || row.version === 0 },
  )
  const version = row && row.versions > 0 ? row.versions + 1 : await nextVersionOf(tx, id)
  const values = {
    ...trip,
    ...times,
    ...{ deviceId, bootId, vehicleId, ...cover },
    ...{
      endReason: null,
      thresholdsHash: table,
      recordHash: null,
      carStatistics: null,
      changedBy: null,
      changeReason: null,
    },
    ...{ version, versions: version, correlationId, updatedAt: new Date() },
    source: 'cloud' as const,
    toldAhead: isToldAhead(endAt, Date.now()),
    cause: version > 1 ? ('found_anew' as const) : ('found' as const),
  }
  const [after] = await tx
    .insert(trips)
    .values({ id, ...values })
    .onConflictDoUpdate({ target: trips.id, set: values })
    .returning()
  return { before: row, after: after! }
}

/** The id of a trip whose start the car told and whose record never came. */
async function startedAs(
  tx: Database,
  { deviceId, bootId, startAt, endAt }: { deviceId: string; bootId: number; startAt: Date; endAt: Date },
): Promise<string | null> {
  const rows = await tx
    .select()
    .from(trips)
    .where(
      and(
        eq(trips.deviceId, deviceId),
        eq(trips.bootId, bootId),
        gte(trips.startAt, new Date(startAt.getTime() - sameStartMs)),
        lte(trips.startAt, endAt),
      ),
    )
    .orderBy(asc(trips.id))
  // Also one that was found before.
  return rows.find((row) => row.version === 0 || (row.source === 'cloud' && hasToldId(row)))?.id ?? null
}

function isSame(row: TripRow, trip: Omit<FoundTrip, 'bootId'>): boolean {
  const { firstSeq, lastSeq, startLat, startLon, endLat, endLon, statistics } = row
  const [startAt, endAt] = [row.startAt.getTime(), row.endAt?.getTime() ?? null]
  const stored = { firstSeq, lastSeq, startAt, endAt, startLat, startLon, endLat, endLon, statistics }
  return canonicalJson(stored) === canonicalJson(trip)
}

async function vehicleOf(tx: Database, deviceId: string): Promise<string> {
  const [device] = await tx.select({ vehicleId: devices.vehicleId }).from(devices).where(eq(devices.id, deviceId))
  if (!device) throw new Error(`Keeping a trip that was found: there is no device "${deviceId}"`)
  return device.vehicleId
}
