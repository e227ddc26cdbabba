import type { CrashRecord } from '@fairmile/contract/crash.ts'
import type { Alert } from '@fairmile/contract/records.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { crashRecords } from '../db/schema/crashes.ts'
import { drivingEvents } from '../db/schema/trips.ts'
import { alarmAlone } from '../trips/alarm-alone.ts'
import { ForeignIdError } from '../trips/store-trip.ts'

/**
 * Makes an event of a crash's alarm: the car may have no power left to send more. The judged event takes its place where it
 * still comes, and an alarm that comes after it changes nothing.
 */
export async function storeCrashAlarm(
  tx: Database,
  { deviceId, boot }: { deviceId: string; boot: number },
  { eventId, tripId, kind, band, at, value, lat, lon, speedMps }: Alert,
): Promise<void> {
  await tx
    .insert(drivingEvents)
    .values({
      id: eventId,
      tripId,
      deviceId,
      bootId: boot,
      kind,
      startAt: new Date(at),
      endAt: new Date(at),
      peak: value,
      band,
      grade: 'C',
      gradeReasons: [alarmAlone],
      lat,
      lon,
      startSpeedMps: speedMps,
    })
    .onConflictDoNothing()
}

/**
 * Stores what the IMU said around a crash.
 * @throws {ForeignIdError} where the event belongs to another device
 */
export async function storeCrash(tx: Database, deviceId: string, crash: CrashRecord): Promise<void> {
  const { eventId, tripId: _, at, fromMs, imu, ...facts } = crash
  const values = { deviceId, at: new Date(at), facts, imu }
  const stored = await tx
    .insert(crashRecords)
    .values({ eventId, fromMs, ...values })
    .onConflictDoUpdate({
      target: [crashRecords.eventId, crashRecords.fromMs],
      set: values,
      setWhere: eq(crashRecords.deviceId, deviceId),
    })
    .returning({ eventId: crashRecords.eventId })
  if (stored.length === 0) throw new ForeignIdError(`Storing the crash "${eventId}" of ${deviceId}: another device's`)
}
