import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import { canonicalJson } from '@fairmile/models/canonical-json.ts'
import { and, eq, sql } from 'drizzle-orm'
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
 * Stores the car's record of an event. Of several that differ the one of the later boot and higher number counts, whichever came first; the others are kept beside it,
 * each thing that was said once, with the highest number that said it: whatever the order in which they come.
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
  if (!isSame && !row.gradeReasons.includes(alarmAlone)) await keepFormer(tx, { deviceId, ...former })
  if (!isNewer) return false
  // What counts is not beside itself.
  if (!isSame) await tx.delete(drivingEventVersions).where(saysSame(event))
  await tx.update(drivingEvents).set(valuesOf(boot, told)).where(eq(drivingEvents.id, event.id))
  return !isSame
}

/** Keeps what a record said that does not count, unless one of a higher number said the same. */
async function keepFormer(
  tx: Database,
  former: Omit<typeof drivingEventVersions.$inferSelect, 'eventId' | 'recordedAt'>,
) {
  const { bootId, seq, event } = former
  const number = sql`(${drivingEventVersions.bootId}, ${drivingEventVersions.seq})`
  await tx.delete(drivingEventVersions).where(and(saysSame(event), sql`${number} < (${bootId}::int8, ${seq}::int8)`))
  const [newer] = await tx.select({ seq: drivingEventVersions.seq }).from(drivingEventVersions).where(saysSame(event))
  if (newer) return
  await tx
    .insert(drivingEventVersions)
    .values({ eventId: event.id, ...former })
    .onConflictDoNothing()
}

const saysSame = (event: DrivingEvent) =>
  and(eq(drivingEventVersions.eventId, event.id), eq(drivingEventVersions.event, event))

function valuesOf(boot: number, { seq, event: { id: _, startAt, endAt, ...rest } }: Told) {
  const times = { startAt: new Date(startAt), endAt: new Date(endAt) }
  return { ...rest, ...times, bootId: boot, seq, trace: rest.trace ?? sql`NULL` }
}

/** An event as the car said it. */
function eventOf({ deviceId: _device, bootId: _boot, seq: _seq, toldAt: _told, ...row }: EventRow): DrivingEvent {
  return { ...row, startAt: row.startAt.getTime(), endAt: row.endAt.getTime() }
}
