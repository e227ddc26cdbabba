import type { DrivingEventEvidence } from '@fairmile/contract/http/events.ts'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import { slopesOf } from '@fairmile/models/contests/slopes.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { eq, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { drivingEvents } from '../db/schema/trips.ts'
import { contestOfEvent, type Reader } from './contest-queries.ts'
import { contestableBy } from './contestable-by.ts'

type EventRow = typeof drivingEvents.$inferSelect

/**
 * What an event was judged on, with its newest contest; null where there is no such event.
 *
 * @param options.reader a driver is shown their own contest alone, as who drove may be another now
 * @param options.driverId who may contest it: the driver who reads, or for an admin whose the trip is
 */
export async function eventEvidence(
  db: Database,
  id: string,
  { reader, driverId }: { reader: Reader; driverId: string | null },
): Promise<DrivingEventEvidence | null> {
  const [event] = await db.select().from(drivingEvents).where(eq(drivingEvents.id, id))
  if (!event) return null
  const { kind, band, grade, gradeReasons, startAt, endAt, limitKmh, trace } = event
  const inG = (column: readonly (number | null)[]) => column.map((value) => (value === null ? null : value / G_MPS2))
  return {
    ...{ eventId: id, kind, band, grade, gradeReasons, limitKmh },
    startAt: startAt.toISOString(),
    endAt: endAt.toISOString(),
    trace: trace && {
      ...{ offsetMs: trace.offsetMs, speedMps: trace.speedMps, lat: trace.lat, lon: trace.lon },
      ...{ alongG: inG(trace.aLong), acrossG: inG(trace.aLat) },
    },
    seconds: await secondsAround(db, event),
    calibration: { state: calibrationOf(event), maxSigmaG: thresholds.grade.maxSigmaG },
    contestableUntil: new Date(await contestableBy(db, event, driverId)).toISOString(),
    contest: await contestOfEvent(db, { eventId: id, ...(reader === 'driver' && { driverId }) }, reader),
  }
}

/** How well the axes were known: what the box measured stays in the car, and what it means for the grade is told. */
function calibrationOf({ kind, gradeReasons }: EventRow): DrivingEventEvidence['calibration']['state'] {
  if (!kind.startsWith('harsh_')) return 'not_asked'
  if (gradeReasons.includes('no_calibration')) return 'unknown'
  return gradeReasons.includes('calibration_sigma') ? 'beyond' : 'within'
}

/** The second-by-second log of the time of the trace; empty where it did not arrive, or went into an archive. */
async function secondsAround(
  db: Database,
  { deviceId, bootId, startAt, endAt }: EventRow,
): Promise<DrivingEventEvidence['seconds']> {
  const [fromMs, toMs] = [startAt.getTime() - thresholds.traceMs, endAt.getTime() + thresholds.traceMs]
  const at = (ms: number) => sql`${new Date(ms).toISOString()}::timestamptz`
  const rows = await selectRows<{
    at: number
    limitKmh: number | null
    altM: number | null
    speedMps: number | null
    quality: number
  }>(
    db,
    sql`
      SELECT (extract(epoch FROM at) * 1000)::float8 AS at, limit_kmh AS "limitKmh", alt_m AS "altM",
        speed_mps AS "speedMps", quality
      FROM telematics_events
      WHERE device_id = ${deviceId} AND boot_id = ${bootId} AND at BETWEEN ${at(fromMs)} AND ${at(toMs)}
      ORDER BY at LIMIT 600`,
  )
  return {
    offsetMs: rows.map((row) => Math.round(row.at - startAt.getTime())),
    limitKmh: rows.map((row) => row.limitKmh),
    altM: rows.map((row) => row.altM),
    slope: slopesOf(rows),
    quality: rows.map((row) => row.quality),
  }
}
