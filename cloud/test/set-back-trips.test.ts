import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { eq } from 'drizzle-orm'
import { trips } from '../src/db/schema/trips.ts'
import { storeTrips } from '../src/trips/store-trips.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords } from './stored-drive.ts'

for (const engine of engines()) {
  describe(`a trip whose clock was set back on ${engine.name}`, async () => {
    const { db } = await engine.open()
    let devices = 0

    for (const [how, order] of [
      ['in their order', [0, 1]],
      ['the other way round', [1, 0]],
    ] as const)
      it(`counts as it was when it had gone on, its records told ${how}`, async () => {
        const device = await addDevice(db, ++devices)
        const record = driveRecords(1).at(-1)
        if (record?.type !== 'trip') return assert.fail()
        const trip = { ...record.trip, id: `TRP-${device.driverId.slice(-4)}` }
        const distanceM = trip.statistics.distanceM + 5_000
        const wentOn = {
          ...trip,
          startAt: trip.startAt - 7_200_000,
          endAt: trip.endAt - 7_200_000,
          lastSeq: trip.lastSeq + 300,
          statistics: { ...trip.statistics, distanceM, speedSum: distanceM },
        }
        const told: TripsRecord[] = [trip, wentOn].map((one) => ({ type: 'trip', trip: one }))
        const source = { deviceId: device.id, boot: 1, vehicleId: device.vehicleId }
        for (const n of order) await db.transaction((tx) => storeTrips(tx, source, [told[n]!]))
        const [row] = await db.select().from(trips).where(eq(trips.id, trip.id))
        assert.equal(row?.statistics?.distanceM, distanceM)
        assert.deepEqual([row?.lastSeq, row?.endAt?.getTime(), row?.versions], [wentOn.lastSeq, wentOn.endAt, 2])
      })
  })
}
