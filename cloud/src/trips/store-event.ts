import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import { canonicalJson } from '@fairmile/models/canonical-json.ts'
import { eq, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { drivingEventVersions } from '../db/schema/trip-records.ts'
import { drivingEvents } from '../db/schema/trips.ts'
import { alarmAlone } from './alarm-alone.ts'
import { noteSpeeding } from './note-speeding.ts'
import { ForeignIdError, type TripSource } from './store-trip.ts'

type EventRow = typeof drivingEvents.$inferSelect

/** A record of an event, with its number in the lane of trips. */
interface Told {
  readonly seq: number
  readonly event: DrivingEvent
}

/**
 * Stores the car's record of an event. Of several that differ the one of the later boot and higher number counts, whichever came first; the others are kept beside it.
 *
 * @throws {ForeignIdError} where the event belongs to another device
 */
export async function storeEvent(tx: Database, source: TripSource, told: Told): Promise<void> {
  const { deviceId, boot } = source
  const { seq, event } = told
  const made = await tx
    .insert(drivingEvents)
    .values({ id: event.id, deviceId, ...valuesOf(boot, told) })
    .onConflictDoNothing()
    .returning({ id: drivingEvents.id })
  if (made.length > 0 || (await replace(tx, source, { seq, event }))) await noteSpeeding(tx, event)
}

/** Sets an event against the one that is stored; whether it has taken its place. */
async function replace(tx: Database, { deviceId, boot }: TripSource, told: Told): Promise<boolean> {
  const { seq, event } = told
  const [row] = await tx.select().from(drivingEvents).where(eq(drivingEvents.id, event.id)).for('update')
  if (row?.deviceId !== deviceId)
    throw new ForeignIdError(`Storing the event "${event.id}" of ${deviceId}: another device's`)
  const isNewer = (boot - row.bootId || seq - (row.seq ?? 0)) >= 0
  const before = eventOf(row)
  const isSame = canonicalJson(before) === canonicalJson(event)
  const former = isNewer ? { bootId: row.bootId, seq: row.seq ?? 0, event: before } : { bootId: boot, seq, event }
  // An alarm is no record: what was judged takes its place.
  if (!isSame && !row.gradeReasons.includes(alarmAlone))
    await tx
      .insert(drivingEventVersions)
      .values({ eventId: event.id, deviceId, ...former })
      .onConflictDoNothing()
  if (!isNewer) return false
  await tx.update(drivingEvents).set(valuesOf(boot, told)).where(eq(drivingEvents.id, event.id))
  return !isSame
}

function valuesOf(boot: number, { seq, event: { id: _, startAt, endAt, ...rest } }: Told) {
  const times = { startAt: new Date(startAt), endAt: new Date(endAt) }
  return { ...rest, ...times, bootId: boot, seq, trace: rest.trace ?? sql`NULL` }
}

/** An event as the car said it. */
function eventOf({ deviceId: _device, bootId: _boot, seq: _seq, toldAt: _told, ...row }: EventRow): DrivingEvent {
  return { ...row, startAt: row.startAt.getTime(), endAt: row.endAt.getTime() }
}
