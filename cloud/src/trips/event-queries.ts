import type { DrivingEventDetail, DrivingEventSummary } from '@fairmile/contract/http/events.ts'
import { asc, eq, getTableColumns } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { devices } from '../db/schema/devices.ts'
import { drivingEvents, trips } from '../db/schema/trips.ts'
import { policyAt } from '../drivers/policy-at.ts'
import { getCrash } from './crash-queries.ts'

const { trace, bootId: _bootId, deviceId, ...summaryColumns } = getTableColumns(drivingEvents)
type SummaryRow = Omit<typeof drivingEvents.$inferSelect, 'trace' | 'bootId' | 'deviceId'>

/** The events of a trip in order of time, without their traces. */
export async function listTripEvents(db: Database, tripId: string): Promise<DrivingEventSummary[]> {
  const rows = await db
    .select(summaryColumns)
    .from(drivingEvents)
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
    .select({ ...summaryColumns, deviceId, trace, knownTrip: trips.id, driverId: trips.driverId })
    .from(drivingEvents)
    .leftJoin(trips, eq(trips.id, drivingEvents.tripId))
    .where(eq(drivingEvents.id, id))
  if (!row) return null
  const crash = row.kind === 'crash' ? await getCrash(db, id, row.deviceId) : null
  const driverId = row.knownTrip === null ? await driverByPolicy(db, row) : row.driverId
  return { driverId, event: { ...toSummary(row), trace: row.trace, crash } }
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

function toSummary(row: SummaryRow): DrivingEventSummary {
  const { id, tripId, kind, peak, band, grade, gradeReasons, lat, lon, startSpeedMps, endSpeedMps, limitKmh } = row
  return {
    id,
    tripId,
    kind,
    startAt: row.startAt.toISOString(),
    endAt: row.endAt.toISOString(),
    peak,
    band,
    grade,
    gradeReasons,
    lat,
    lon,
    startSpeedMps,
    endSpeedMps,
    limitKmh,
  }
}
