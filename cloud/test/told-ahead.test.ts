import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { statisticsDays } from '@fairmile/contract/http/statistics.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { eq } from 'drizzle-orm'
import { deadLetters } from '../src/db/schema/devices.ts'
import { trips } from '../src/db/schema/trips.ts'
import { replayDeadLetters } from '../src/dead-letters/replay.ts'
import { refreshFeatures } from '../src/features/feature-store.ts'
import { addUpDrivers } from '../src/trips/add-up-drivers.ts'
import { recentTrips, tripsOfPolicy } from '../src/trips/ended-trips.ts'
import { driverStatisticsOf } from '../src/trips/statistics-queries.ts'
import { storeTrips } from '../src/trips/store-trips.ts'
import { addDevice, laneOf, type TestDevice } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest, testNowMs } from './ingest-rig.ts'
import { driveRecords, tripStart } from './stored-drive.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

for (const engine of engines()) {
  describe(`trips that are told ahead of their time on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    let devices = 0

    /** The n-th drive of a device, which begins that long after noon of its day and is told two hours after noon. */
    async function tell(device: TestDevice, n: number, aheadMs = 0) {
      const record = driveRecords(n).at(-1)
      if (record?.type !== 'trip') return assert.fail()
      const times = { startAt: tripStart(n) + aheadMs, endAt: tripStart(n) + hourMs + aheadMs }
      const trip: TripsRecord = { type: 'trip', trip: { ...record.trip, ...times, id: idOf(device, n) } }
      const source = { deviceId: device.id, boot: 1, vehicleId: device.vehicleId, toldMs: tripStart(n) + 2 * hourMs }
      await db.transaction((tx) => storeTrips(tx, source, [trip]))
    }
    const idOf = ({ driverId }: TestDevice, n: number) => `TRP-${driverId.slice(-4)}-${n}`
    const addedUp = async ({ driverId }: TestDevice) => {
      await db.transaction((tx) => addUpDrivers(tx, [driverId]))
      return Promise.all(statisticsDays.map((days) => driverStatisticsOf(db, { driverId, days })))
    }

    for (const [how, order] of [
      ['before the others', [9, 1, 2, 3]],
      ['between them', [1, 9, 2, 3]],
      ['after them', [1, 2, 3, 9]],
    ] as const)
      it(`end no window and are in none, where they come ${how}`, async () => {
        const [device, other] = [await addDevice(db, ++devices), await addDevice(db, ++devices)]
        for (const n of order) await tell(device, n, n === 9 ? 60 * dayMs : 0)
        for (const n of [1, 2, 3]) await tell(other, n)
        const { driverId, policyId } = device
        const ids = [1, 2, 3].map((n) => idOf(device, n))
        for (const days of statisticsDays)
          assert.deepEqual(
            (await recentTrips(db, { driverId, days })).map(({ id }) => id),
            ids,
          )
        const [mine, theirs] = [await addedUp(device), await addedUp(other)]
        assert.equal(mine[0]?.trips, 3)
        assert.deepEqual(
          mine.map((report) => ({ ...report, driverId: '' })),
          theirs.map((report) => ({ ...report, driverId: '' })),
        )
        const set = await refreshFeatures(db, { driverId, nowMs: tripStart(9) })
        assert.deepEqual([set.trips, set.asOf], [3, new Date(tripStart(3) + hourMs)])
        // Once its time has come it is the same, added up anew: what was said does not change by itself.
        assert.deepEqual(await refreshFeatures(db, { driverId, nowMs: tripStart(9) + 90 * dayMs }), {
          ...set,
          computedAt: new Date(tripStart(9) + 90 * dayMs),
        })
        assert.deepEqual(
          (await tripsOfPolicy(db, policyId)).map(({ id }) => id),
          [...ids, idOf(device, 9)],
        )
      })

    for (const [how, dayOfMonth] of [
      ['told when they come, by the clock of ingest', 15],
      ['replayed, told when their letter came', 10],
    ] as const)
      it(`are ${how}`, async () => {
        const device = await addDevice(db, ++devices)
        const record = driveRecords(1).at(-1)
        if (record?.type !== 'trip') return assert.fail()
        const records = [dayOfMonth, dayOfMonth + 2].map((day): TripsRecord => {
          const times = { startAt: tripStart(day) - 6 * hourMs, endAt: tripStart(day) - 5 * hourMs }
          return { type: 'trip', trip: { ...record.trip, ...times, id: idOf(device, day) } }
        })
        const { message } = laneOf(device, 'trips').seal(records)
        if (dayOfMonth === 15) {
          const { ingest } = startIngest(database)
          await ingest.take(message)
          await ingest.stop()
        } else {
          const { topic, payload } = message
          const why = { reason: 'unknown_schema', detail: 'not known yet', sizeBytes: payload.length }
          const receivedAt = new Date(tripStart(10))
          await db.insert(deadLetters).values({ deviceId: device.id, topic, payload, ...why, receivedAt })
          const { letters } = await replayDeadLetters(database, { by: 'test', nowMs: testNowMs })
          assert.deepEqual(
            letters.map(({ outcome }) => outcome),
            ['replayed'],
          )
        }
        const told = await db.select().from(trips).where(eq(trips.deviceId, device.id)).orderBy(trips.startAt)
        assert.deepEqual(
          told.map(({ toldAhead }) => toldAhead),
          [false, true],
        )
      })

    it('are those of boxes that are set to local time as any other', async () => {
      const device = await addDevice(db, ++devices)
      await tell(device, 1)
      await tell(device, 9, 14 * hourMs)
      const recent = await recentTrips(db, { driverId: device.driverId, days: 7 })
      assert.deepEqual(
        recent.map(({ id }) => id),
        [idOf(device, 9)],
      )
    })

    it('leave a driver who has no other without windows', async () => {
      const device = await addDevice(db, ++devices)
      await tell(device, 1, 60 * dayMs)
      assert.deepEqual(
        await addedUp(device),
        statisticsDays.map(() => null),
      )
      assert.equal((await refreshFeatures(db, { driverId: device.driverId, nowMs: tripStart(1) })).trips, 0)
    })
  })
}
