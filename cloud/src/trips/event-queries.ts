import type { DrivingEventDetail, DrivingEventSummary } from '@fairmile/contract/http/events.ts'
import { asc, eq, getTableColumns } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { drivingEvents } from '../db/schema/trips.ts'
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

/** One event with its trace and whose it is; null where there is none. */
export async function getDrivingEvent(
  db: Database,
  id: string,
): Promise<{ driverId: string | null; event: DrivingEventDetail } | null> {
  const [row] = await db
    .select({ ...summaryColumns, deviceId, trace })
    .from(drivingEvents)
    .where(eq(drivingEvents.id, id))
  if (!row) return null
  const crash = row.kind === 'crash' ? await getCrash(db, id, row.deviceId) : null
  return { driverId: row.driverId, event: { ...toSummary(row), trace: row.trace, crash } }
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
