import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { Registry } from 'prom-client'
import { trips } from '../src/db/schema/trips.ts'
import { createLog } from '../src/log.ts'
import { settleOverlaps } from '../src/trips/settle-overlaps.ts'
import { storeTrips } from '../src/trips/store-trips.ts'
import { createTripWork } from '../src/trips/trip-work.ts'
import { createTripWorkCounters } from '../src/trips/trip-work-counters.ts'
import { addDevice, type TestDevice } from './devices.ts'
import { engines } from './engines.ts'
import { readingsOf } from './rows-read.ts'
import { driveRecords, tripStart } from './stored-drive.ts'

const hourMs = 3_600_000

for (const engine of engines()) {
  describe(`a box that tells very many trips at a time on ${engine.name}`, async () => {
    const { db } = await engine.open()
    let devices = 0
    const idOf = ({ driverId }: TestDevice) => `TRP-${driverId.slice(-4)}`
    const countOut = ({ id }: TestDevice) => db.$count(trips, and(eq(trips.deviceId, id), isNotNull(trips.overlapsId)))

    /** Tells the trip that comes before all others, of twelve hours from noon of a day on. */
    async function tell(device: TestDevice, day: number) {
      const record = driveRecords(day).at(-1)
      if (record?.type !== 'trip') return assert.fail()
      const times = { startAt: tripStart(day), endAt: tripStart(day) + 12 * hourMs, firstSeq: 1, lastSeq: day }
      const trip: TripsRecord = { type: 'trip', trip: { ...record.trip, ...times, id: idOf(device) } }
      await db.transaction((tx) =>
        storeTrips(tx, { deviceId: device.id, boot: 1, vehicleId: device.vehicleId }, [trip]),
      )
    }
    /** Adds others of that box from noon of the fifth day on, so many minutes after each other and as long as said; nobody's where they overlap one. */
    const addOthers = (device: TestDevice, count: number, [apartMin, lastsMin]: [number, number], overId?: string) => {
      const isOut = sql`${overId !== undefined}::boolean`
      return db.execute(sql`
        INSERT INTO trips (id, device_id, boot_id, vehicle_id, driver_id, policy_id, start_at, end_at, thresholds_hash, statistics,
          first_seq, last_seq, version, versions, overlaps_id)
        SELECT id || '-' || n, device_id, 1, vehicle_id, CASE WHEN ${isOut} THEN NULL ELSE driver_id END, CASE WHEN ${isOut} THEN NULL ELSE policy_id END, noon + make_interval(secs => 60 * ${apartMin}::float8 * n),
          noon + make_interval(secs => 60 * (${apartMin}::float8 * n + ${lastsMin}::float8)), thresholds_hash, statistics, 10 * n, 10 * n + 9, 1, 1,
          ${overId ?? null}::text
        FROM trips, generate_series(1, ${count}::int) n, to_timestamp(${tripStart(5) / 1000}::float8) noon WHERE id = ${idOf(device)}`)
    }

    it('has some of them settled at a time, and the rest by the work on trips', async () => {
      const device = await addDevice(db, ++devices)
      await tell(device, 1)
      await addOthers(device, 250, [2, 1])
      await tell(device, 5)
      assert.equal(await countOut(device), 200)
      const counters = createTripWorkCounters(new Registry())
      const log = createLog({ level: 'silent' })
      await createTripWork({ db, counters, log, nowMs: () => Date.now() + hourMs })()
      assert.equal(await countOut(device), 250)
    })

    it('is read once for what is told of one of them, however many are at the same time', async () => {
      const device = await addDevice(db, ++devices)
      const count = 1_000
      await tell(device, 5)
      await addOthers(device, count, [0.1, 60], idOf(device))
      await db.execute(sql`ANALYZE trips`)
      const settled = db.transaction((tx) =>
        readingsOf(tx, 'trips', (asked) => settleOverlaps(asked, { deviceId: device.id }, [idOf(device)])),
      )
      const rows = (await settled).reduce((sum, reading) => sum + reading.rows, 0)
      assert.ok(rows >= count && rows <= 5 * count, String(rows))
    })
  })
}
