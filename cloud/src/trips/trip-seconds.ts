import type { TripSecond } from '@fairmile/models/trips/trip-seconds.ts'
import { type SQL, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { type BootStretch, inStretch } from './stretch-of-boot.ts'

/** The first second of a trip is told up to so long after its start, ms: that alone is no power loss. */
const startSlackMs = 5_000

/** A trip's place in a device's log. */
export interface TripSpan {
  deviceId: string
  bootId: number
  startAt: Date
  endAt: Date
  firstSeq: number
  lastSeq: number
}

/**
 * The telematics of a trip: by number in the boot that told its record, and where that begins after the trip did (a power loss on the way), by
 * time in the other boots until then. Ids of boots have no order between two outboxes of a device, so that any other boot may be one before.
 */
export async function secondsOfTrip(db: Database, trip: TripSpan): Promise<TripSecond[]> {
  const { deviceId, bootId, startAt, endAt } = trip
  const own = await secondsOfBoot(db, trip)
  let from = endAt.getTime()
  for (const { at } of own) from = Math.min(from, at)
  if (from - startAt.getTime() <= startSlackMs) return own
  const until = new Date(from)
  const before = await read(
    db,
    sql`device_id = ${deviceId} AND boot_id <> ${bootId} AND at BETWEEN ${moment(startAt)} AND ${moment(until)}`,
  )
  return [...before, ...own]
}

/** The telematics of a boot between two numbers, both included. */
export const secondsOfBoot = (db: Database, of: BootStretch): Promise<TripSecond[]> => read(db, inStretch(of))

function read(db: Database, which: SQL): Promise<TripSecond[]> {
  return selectRows<TripSecond & Record<string, unknown>>(
    db,
    sql`
      SELECT boot_id::float8 AS "bootId", seq::float8 AS seq, (extract(epoch FROM at) * 1000)::float8 AS at, lat, lon,
        speed_mps AS "speedMps", a_long_min AS "aLongMin", a_long_max AS "aLongMax", a_lat_min AS "aLatMin",
        a_lat_max AS "aLatMax", limit_kmh AS "limitKmh", quality
      FROM telematics_events WHERE ${which}`,
  )
}

const moment = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`
