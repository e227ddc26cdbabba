import { randomUUID } from 'node:crypto'
import { inArray, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'
import { holdPolicies } from '../drivers/hold-policies.ts'
import { correctTrip } from './correct-trip.ts'
import { coverOf } from './cover-of.ts'
import { longestTripHours } from './longest-trip.ts'
import { byIdentity, overlap, overlappedBy, type TimedTrip } from './overlapping.ts'
import { touchTrip } from './touch-trips.ts'
import { recordTripCompleted, type TripChange } from './trip-completed.ts'
import { lockTrips, type TripRow } from './trip-versions.ts'

/** Trips that get a version for one batch: a box that is honest has a few at most, and what is left of others is settled by the work on trips. */
const mostSettled = 200

interface Near extends TimedTrip, Record<string, unknown> {
  readonly vehicleId: string
  readonly lastSeq: number
  readonly overlapsId: string | null
  readonly assigned: boolean
  /** A driver or a policy has it. */
  readonly isSomebodys: boolean
  /** It is told of, or was held to overlap one that is: all that it may overlap is here. */
  readonly isOpen: boolean
}

interface Unsettled {
  readonly trip: Near
  /** A trip that comes before it by identity and that it overlaps; null for none. */
  readonly overId: string | null
}

/**
 * Brings in line which of the overlapping trips of a device count, after records of some of them were stored: one that overlaps another, which comes before it
 * by identity (boot, first number, id), is nobody's and on no policy, whichever came first. What a person said of who drove stands.
 *
 * One statement, which finds nothing to do as a rule; of a box that tells very many, `mostSettled` at a time, and the trips are touched for the rest.
 */
export async function settleOverlaps(
  tx: Database,
  { deviceId, correlationId = randomUUID() }: { deviceId: string; correlationId?: string | undefined },
  tripIds: readonly string[],
): Promise<void> {
  if (tripIds.length === 0) return
  const found = unsettled(await nearTo(tx, deviceId, tripIds))
  if (found.length === 0) return
  const isNamed = ({ trip, overId }: Unsettled): boolean =>
    overId !== null && trip.overlapsId !== null && !trip.isSomebodys
  const named = found.filter(isNamed)
  const changing = found.filter((one) => !isNamed(one))
  const now = changing.slice(0, mostSettled)
  const idsOf = (some: readonly Unsettled[]) => some.map(({ trip }) => trip.id)
  await holdPolicies(
    tx,
    now.map(({ trip }) => trip.vehicleId),
  )
  const locked = await lockTrips(tx, [...idsOf(named), ...idsOf(now)])
  await rename(tx, named)
  const changes: TripChange[] = []
  for (const { trip, overId } of now) {
    const before = locked.get(trip.id)
    // A person may have said who drove since it was looked for.
    if (before && !before.assigned) changes.push(await settle(tx, before, { overId, correlationId }))
  }
  await recordTripCompleted(tx, changes, { correlationId })
  if (changing.length > now.length) await touchFor(tx, deviceId, { left: changing.slice(mostSettled), tripIds })
}

/**
 * The car's trips of a device that began in the time of those told of and of those that were held to overlap them, or in the longest trip's before.
 * `OFFSET` keeps the planner from reading all trips of the device, or all of the time, to join them with the times.
 */
function nearTo(tx: Database, deviceId: string, tripIds: readonly string[]): Promise<Near[]> {
  const ids = sql`${sql.param([...new Set(tripIds)])}::text[]`
  const what = sql`t.id, t.start_at, t.end_at`
  return selectRows<Near>(
    tx,
    sql`
      WITH open AS MATERIALIZED (
        SELECT ${what} FROM trips t WHERE t.id = ANY(${ids}) AND t.device_id = ${deviceId} AND t.end_at >= t.start_at
        UNION
        SELECT ${what} FROM trips t WHERE t.overlaps_id = ANY(${ids}) AND t.device_id = ${deviceId} AND t.end_at >= t.start_at
      ), times AS MATERIALIZED (
        SELECT unnest(range_agg(tstzrange(start_at - make_interval(hours => ${longestTripHours}), end_at, '[]'))) AS during FROM open
      )
      SELECT t.id, t.vehicle_id AS "vehicleId", t.boot_id::float8 AS boot, coalesce(t.first_seq, 0)::float8 AS "firstSeq",
        coalesce(t.last_seq, 0)::float8 AS "lastSeq", t.overlaps_id AS "overlapsId", t.assigned, open.id IS NOT NULL AS "isOpen",
        (t.driver_id IS NOT NULL OR t.policy_id IS NOT NULL) AS "isSomebodys",
        (extract(epoch FROM t.start_at) * 1000)::float8 AS "startMs", (extract(epoch FROM t.end_at) * 1000)::float8 AS "endMs"
      FROM times CROSS JOIN LATERAL (
        SELECT * FROM trips WHERE device_id = ${deviceId} AND start_at >= lower(during) AND start_at <= upper(during) OFFSET 0
      ) t
      LEFT JOIN open ON open.id = t.id
      WHERE t.source = 'car' AND t.version > 0 AND t.end_at IS NOT NULL`,
  )
}

/** Where rows do not say what is so, as also where a release that knew no overlaps gave a trip back to its driver; those told of first. */
function unsettled(near: readonly Near[]): Unsettled[] {
  const overs = overlappedBy(near)
  const trips = new Map(near.map((trip) => [trip.id, trip]))
  const overOf = (trip: Near): string | null => {
    const { id, overlapsId, isOpen } = trip
    if (overlapsId === null) return overs.get(id) ?? null
    const named = trips.get(overlapsId)
    // What no record was told of is as it was.
    const holds = !isOpen || (named !== undefined && byIdentity(named, trip) < 0 && overlap(named, trip))
    return holds ? overlapsId : (overs.get(id) ?? null)
  }
  return near
    .filter(({ assigned }) => !assigned)
    .map((trip) => ({ trip, overId: overOf(trip) }))
    .filter(({ trip, overId }) => overId !== trip.overlapsId || (overId !== null && trip.isSomebodys))
    .toSorted((a, b) => Number(b.trip.isOpen) - Number(a.trip.isOpen) || byIdentity(a.trip, b.trip))
}

/** Only the name of the other trip is another. */
async function rename(tx: Database, found: readonly Unsettled[]): Promise<void> {
  if (found.length === 0) return
  const ids = sql`${sql.param(found.map(({ trip }) => trip.id))}::text[]`
  const overs = sql`${sql.param(found.map(({ overId }) => overId))}::text[]`
  await tx.execute(sql`
    UPDATE trips SET overlaps_id = r.over_id FROM unnest(${ids}, ${overs}) AS r (id, over_id)
    WHERE trips.id = r.id AND NOT trips.assigned`)
}

/** Notes the trips that were told of and have others left to settle. */
async function touchFor(
  tx: Database,
  deviceId: string,
  { left, tripIds }: { left: readonly Unsettled[]; tripIds: readonly string[] },
): Promise<void> {
  const told = new Set(tripIds)
  const ids = new Set(
    left.flatMap(({ trip, overId }) => [trip.id, trip.overlapsId, overId]).filter((id) => told.has(id!)),
  )
  const rows = await tx
    .select()
    .from(trips)
    .where(
      inArray(
        trips.id,
        [...ids].filter((id) => id !== null),
      ),
    )
  for (const { bootId: boot, firstSeq, lastSeq } of rows)
    await touchTrip(tx, { deviceId, boot, firstSeq: firstSeq ?? 0, lastSeq: lastSeq ?? 0 })
}

/** Makes the version that follows. */
async function settle(
  tx: Database,
  before: TripRow,
  { overId, correlationId }: { overId: string | null; correlationId: string },
): Promise<TripChange> {
  const nobody = { driverId: null, policyId: null, assigned: false }
  const cover = overId === null ? await coverOf(tx, before, { said: null, isFirst: false }) : nobody
  const changeReason =
    overId === null
      ? 'it overlaps no other trip of the box any more'
      : `the box was on the trip "${overId}" at the time`
  const why = { cause: 'overlap', changedBy: null, changeReason, correlationId } as const
  return { before, after: await correctTrip(tx, before, { ...why, drivenBy: { ...cover, overlapsId: overId } }) }
}
