import { randomUUID } from 'node:crypto'
import { type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'
import { holdPolicies } from '../drivers/hold-policies.ts'
import { correctTrip } from './correct-trip.ts'
import { coverOf } from './cover-of.ts'
import { goesOnWithin } from './goes-on-within.ts'
import { recordTripCompleted, type TripChange } from './trip-completed.ts'
import { lockTrip, type TripRow } from './trip-versions.ts'

/** Trips of one box share so many seconds at most: clocks of two boots are 5 s apart each, and a receiver that learns of leap seconds steps by 18. */
const sharedS = 30

interface Settled extends Record<string, unknown> {
  id: string
  vehicleId: string
  /** The trip that comes before it by identity and that it overlaps; null for none. */
  overId: string | null
}

/**
 * Brings in line which of the overlapping trips of a device count, after records of some of them were stored: one that overlaps another, which comes before it
 * by identity (boot, first number, id), is nobody's and on no policy, whichever came first. What a person said of who drove stands.
 *
 * One statement, which finds nothing as a rule.
 */
export async function settleOverlaps(
  tx: Database,
  { deviceId, correlationId = randomUUID() }: { deviceId: string; correlationId?: string | undefined },
  tripIds: readonly string[],
): Promise<void> {
  if (tripIds.length === 0) return
  const found = await unsettled(tx, deviceId, tripIds)
  if (found.length === 0) return
  await holdPolicies(
    tx,
    found.map(({ vehicleId }) => vehicleId),
  )
  const changes: TripChange[] = []
  for (const { id, overId } of found) {
    const before = await lockTrip(tx, id)
    if (!before) continue
    const change = await settle(tx, before, { overId, correlationId })
    if (change) changes.push(change)
  }
  await recordTripCompleted(tx, changes, { correlationId })
}

/** Trips told of, those that they overlap and those that were held to overlap them, where what the rows say is not so. */
function unsettled(tx: Database, deviceId: string, tripIds: readonly string[]): Promise<Settled[]> {
  const ids = sql`${sql.param([...new Set(tripIds)])}::text[]`
  const identity = (of: SQL): SQL => sql`(${of}.boot_id, coalesce(${of}.first_seq, 0), ${of}.id)`
  const [one, other] = [sql`near`, sql`t`]
  const what = sql`t.id, t.vehicle_id, t.boot_id, t.first_seq, t.start_at, t.end_at, t.overlaps_id, t.assigned`
  return selectRows<Settled>(
    tx,
    sql`
      WITH told AS MATERIALIZED (SELECT start_at, end_at FROM trips WHERE id = ANY(${ids}) AND end_at IS NOT NULL),
      near AS MATERIALIZED (
        SELECT ${what} FROM told JOIN trips t ON t.device_id = ${deviceId} AND ${goesOnWithin(sql`told.start_at`, sql`told.end_at`)}
        WHERE t.source = 'car' AND t.version > 0
        UNION
        SELECT ${what} FROM trips t WHERE t.overlaps_id = ANY(${ids}) AND t.device_id = ${deviceId}
      )
      SELECT near.id, near.vehicle_id AS "vehicleId", earlier.id AS "overId" FROM near LEFT JOIN LATERAL (
        SELECT t.id FROM trips t
        WHERE t.device_id = ${deviceId} AND t.source = 'car' AND t.version > 0 AND ${goesOnWithin(sql`near.start_at`, sql`near.end_at`)}
          AND least(t.end_at, near.end_at) - greatest(t.start_at, near.start_at) > make_interval(secs => ${sharedS})
          AND ${identity(other)} < ${identity(one)}
        ORDER BY ${identity(other)} LIMIT 1
      ) earlier ON true
      WHERE earlier.id IS DISTINCT FROM near.overlaps_id AND NOT near.assigned
      ORDER BY ${identity(one)}`,
  )
}

/** Makes the version that follows; null where only the name of the other trip is another. */
async function settle(
  tx: Database,
  before: TripRow,
  { overId, correlationId }: { overId: string | null; correlationId: string },
): Promise<TripChange | null> {
  if (overId !== null && before.overlapsId !== null) {
    await tx.update(trips).set({ overlapsId: overId }).where(sql`${trips.id} = ${before.id}`)
    return null
  }
  const nobody = { driverId: null, policyId: null, assigned: false }
  const cover = overId === null ? await coverOf(tx, before, { said: null, isFirst: false }) : nobody
  const changeReason =
    overId === null
      ? 'it overlaps no other trip of the box any more'
      : `the box was on the trip "${overId}" at the time`
  const why = { cause: 'overlap', changedBy: null, changeReason, correlationId } as const
  return { before, after: await correctTrip(tx, before, { ...why, drivenBy: { ...cover, overlapsId: overId } }) }
}
