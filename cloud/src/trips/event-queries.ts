import type { DrivingEventDetail, DrivingEventSummary } from '@fairmile/contract/http/events.ts'
import { asc, eq, getTableColumns, sql } from 'drizzle-orm'
import { limitMayCount } from '../contests/limit-may-count.ts'
import { takesOut } from '../contests/takes-out.ts'
import type { Database } from '../db/database.ts'
import { correctedEvents } from '../db/schema/contests.ts'
import { devices } from '../db/schema/devices.ts'
import { drivingEvents, trips } from '../db/schema/trips.ts'
import { policyAt } from '../drivers/policy-at.ts'
import { getCrash } from './crash-queries.ts'
import { isOfTrip } from './is-of-trip.ts'

const { trace, bootId: _bootId, seq: _seq, deviceId, ...summaryColumns } = getTableColumns(drivingEvents)
type EventColumns = Omit<typeof drivingEvents.$inferSelect, 'trace' | 'bootId' | 'seq' | 'deviceId'>
type SummaryRow = EventColumns & Pick<DrivingEventSummary, 'contest' | 'trueLimit'>

const isOut = takesOut(sql`trips.driver_id`)
const isTheirs = sql`(contests.driver_id IS NOT DISTINCT FROM trips.driver_id OR trips.id IS NULL)`

/**
 * What is known of an event beside what it was judged as, to whose its trip is: how the contest stands that takes it out, whoever contested, or else
 * their own of what it was; and the newest limit that holds for it, as trips are corrected by it.
 */
const ruled = {
  contest: sql<DrivingEventSummary['contest']>`(
    SELECT contests.state FROM contests
    WHERE contests.event_id = driving_events.id AND (${isOut} OR (${isTheirs} AND contests.reason <> 'not_me'))
    ORDER BY ${isOut} DESC, ${isTheirs} DESC, contests.opened_at DESC, contests.id LIMIT 1)`,
  trueLimit: sql<DrivingEventSummary['trueLimit']>`
    CASE WHEN NOT EXISTS (SELECT FROM contests WHERE contests.event_id = driving_events.id AND ${isOut}) THEN (
      SELECT jsonb_build_object('limitKmh', ${correctedEvents.limitKmh}, 'band', ${correctedEvents.band})
      FROM ${correctedEvents}
      WHERE ${correctedEvents.tripId} = ${drivingEvents.tripId} AND ${correctedEvents.eventId} = ${drivingEvents.id}
        AND ${limitMayCount}
      ORDER BY ${correctedEvents.correctionId} DESC LIMIT 1
    ) END`,
}

/** The events of a trip that is there in order of time, without their traces. */
export async function listTripEvents(db: Database, tripId: string): Promise<DrivingEventSummary[]> {
  const rows = await db
    .select({ ...summaryColumns, ...ruled })
    .from(drivingEvents)
    .innerJoin(trips, isOfTrip)
    .where(eq(drivingEvents.tripId, tripId))
    .orderBy(asc(drivingEvents.startAt), asc(drivingEvents.id))
  return rows.map(toSummary)
}

/** One event with its trace and whose trip it is of; null where there is none. */
export async function getDrivingEvent(
  db: Database,
  id: string,
): Promise<{ driverId: string | null; event: DrivingEventDetail } | null> {
  const [row] = await db
    .select({ ...summaryColumns, ...ruled, deviceId, trace, knownTrip: trips.id, driverId: trips.driverId })
    .from(drivingEvents)
    .leftJoin(trips, isOfTrip)
    .where(eq(drivingEvents.id, id))
  if (!row) return null
  const { deviceId: of, trace: readings, knownTrip, driverId: driver, ...summary } = row
  const crash = row.kind === 'crash' ? await getCrash(db, id, of) : null
  const driverId = knownTrip === null ? await driverByPolicy(db, row) : driver
  return { driverId, event: { ...toSummary(summary), trace: readings, crash } }
}

/** Whose an event is that is here before its trip: a crash may cut the power before the trip is told. */
async function driverByPolicy(
  db: Database,
  { deviceId: of, startAt }: { deviceId: string; startAt: Date },
): Promise<string | null> {
  const [device] = await db.select({ vehicleId: devices.vehicleId }).from(devices).where(eq(devices.id, of))
  const cover = device && (await policyAt(db, { vehicleId: device.vehicleId, at: startAt }))
  return cover?.driverId ?? null
}

function toSummary({ startAt, endAt, toldAt: _, ...row }: SummaryRow): DrivingEventSummary {
  return { ...row, startAt: startAt.toISOString(), endAt: endAt.toISOString() }
}
