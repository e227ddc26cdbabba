import assert from 'node:assert/strict'
import { tripId } from '@fairmile/contract/ids.ts'
import type { TelematicsEvent } from '@fairmile/contract/telematics.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import { sql } from 'drizzle-orm'
import { Registry } from 'prom-client'
import { type Database, selectRows } from '../src/db/database.ts'
import type { OpenDatabase } from '../src/db/open.ts'
import { ensurePartitions } from '../src/db/partitions.ts'
import { insertTelematics } from '../src/ingest/telematics.ts'
import { touchedRanges } from '../src/ingest/touched.ts'
import { createLog } from '../src/log.ts'
import { driverMonth, monthOfSeconds } from '../src/telematics/driver-month.ts'
import { createDigestWork } from '../src/trips/digest-trips.ts'
import { pathOfSeconds, tripPath } from '../src/trips/path.ts'
import { storeTrips } from '../src/trips/store-trips.ts'
import { touchTrips } from '../src/trips/touch-trips.ts'
import { createTripWork } from '../src/trips/trip-work.ts'
import { createTripWorkCounters } from '../src/trips/trip-work-counters.ts'
import { addDevice, type TestDevice, telematicsEvent } from './devices.ts'

export const month = '2026-06'
/** When drives begin, unless said otherwise. */
export const startMs = Date.UTC(2026, 5, 1, 12)
const hourMs = 3_600_000

/** Seconds of a boot from a moment on; what is measured goes up and down, and some is not known. So slow that the cloud finds no trip in it, unless it is to. */
export const drive = (seconds: number, fromMs = startMs, { swift = 1 } = {}): TelematicsEvent[] =>
  Array.from({ length: seconds }, (_, n) => ({
    ...telematicsEvent(n + 1, fromMs),
    speedMps: n % 11 === 3 ? null : Math.round(swift * (100 + 90 * Math.sin(n / 9))) / 100,
    liveRisk: n % 7 === 5 ? null : Math.round(300 + 200 * Math.cos(n / 13)) / 10,
    aLatMin: -Math.round(30 * Math.abs(Math.sin(n))) / 10,
    aLatMax: Math.round(20 * Math.abs(Math.cos(n))) / 10,
  }))

/** Ingest of telematics and trips, the work on trips and that on digests, on one database and clock. */
export async function createDigestRig(database: OpenDatabase) {
  const { db } = database
  await ensurePartitions(database, [month])
  const clock = { ms: Date.now() }
  const counters = createTripWorkCounters(new Registry())
  const options = { db, counters, log: createLog({ level: 'silent' }), nowMs: () => clock.ms }
  const [lookAtTrips, digest] = [createTripWork(options), createDigestWork({ ...options, database })]
  let devices = 0

  const storeIn = async (tx: Database, device: TestDevice, records: readonly TelematicsEvent[], boot = 1) => {
    const rows = [{ deviceId: device.id, boot, records }]
    await insertTelematics(tx, rows)
    await touchTrips(tx, touchedRanges(rows, []), { nowMs: clock.ms })
  }
  /** Stores telematics as one ingest transaction does. */
  const store = (device: TestDevice, records: readonly TelematicsEvent[], { boot = 1 } = {}) =>
    db.transaction((tx) => storeIn(tx, device, records, boot))
  /** The record of a trip by the numbers of its seconds in their boot. */
  const recordOf = (device: TestDevice, firstSeq: number, lastSeq: number, change: Partial<TripRecord> = {}) => ({
    id: tripId(device.id, 1, firstSeq),
    ...{
      startAt: startMs + firstSeq * 1000,
      endAt: startMs + lastSeq * 1000,
      firstSeq,
      lastSeq,
      thresholdsHash: 'ab12',
    },
    ...{ endReason: 'still' as const, startLat: null, startLon: null, endLat: null, endLon: null },
    statistics: statisticsExample({ km: 5, gradable: 1, temper: 0.2, events: [] }),
    ...change,
  })
  const tell = (device: TestDevice, trip: TripRecord, boot = 1) =>
    db.transaction((tx) =>
      storeTrips(tx, { deviceId: device.id, boot, vehicleId: device.vehicleId }, [{ type: 'trip', trip }]),
    )

  /** What is answered of a driver's month and a trip, after making sure that the seconds say the same. */
  const answers = async (driverId: string, id: string, of = month) => {
    const [points, path] = [await driverMonth(db, driverId, of), await tripPath(db, id)]
    assert.deepEqual(points, await monthOfSeconds(db, driverId, of))
    assert.deepEqual(path, await pathOfSeconds(db, id))
    return { points, path }
  }
  return {
    ...{ db, clock, counters, digest, storeIn, store, recordOf, tell, answers },
    newDevice: () => addDevice(db, ++devices),
    /** Looks at what was touched, whatever the hour. */
    async lookAtTrips() {
      clock.ms += hourMs
      await lookAtTrips()
    },
    /** Everything that is due after a while. */
    async workNow() {
      clock.ms += 30 * hourMs
      await lookAtTrips()
      await digest()
    },
    /** Trips of a device whose digest was made. */
    made: (device: TestDevice) =>
      selectRows<{ id: string }>(
        db,
        sql`SELECT trip_id AS id FROM trip_digests WHERE device_id = ${device.id} AND due_at IS NULL ORDER BY start_at`,
      ).then((rows) => rows.map(({ id }) => id)),
    /** Takes seconds of a device away behind everyone's back: what is answered afterwards was made before. */
    async loseSeconds({ id }: TestDevice) {
      await db.execute(sql`DELETE FROM telematics_events WHERE device_id = ${id}`)
    },
  }
}
