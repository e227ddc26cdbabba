import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DriverFeatures } from '@fairmile/contract/http/features.ts'
import { standardPeriodDays } from '@fairmile/contract/http/risk.ts'
import { driverFeatures, knownDriverFeatures } from '@fairmile/models/features/driver.ts'
import { judge } from '@fairmile/models/pricing/receipt.ts'
import { eq } from 'drizzle-orm'
import { driverFeatureSets } from '../src/db/schema/driver-features.ts'
import { trips } from '../src/db/schema/trips.ts'
import { currentFeatures, refreshFeatures, rowOf } from '../src/features/feature-store.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { recentTrips } from '../src/trips/ended-trips.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const dayMs = 24 * 3600 * 1000

for (const engine of engines()) {
  describe(`the feature store on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const device = await addDevice(db)
    const { driverId } = device
    const lane = laneOf(device, 'trips')
    const ask = (nowMs = Date.now()) => currentFeatures(db, { driverId, nowMs })

    it('has nothing before the first trip', async () => {
      assert.equal(await ask(), null)
    })

    it('gives what the model would be given from the trips, bit for bit, and the same again without making it anew', async () => {
      await storeDrives(database, lane, [driveRecords(1, 'count')])
      const set = (await ask()) ?? assert.fail('no features')
      const judged = judge(await recentTrips(db, { driverId, days: standardPeriodDays }), model)
      assert.deepEqual(
        rowOf(set, model.manifest.features),
        Float32Array.from(judged.features, ({ value }) => value ?? Number.NaN),
      )
      assert.deepEqual([set.trips, set.exposureKm, set.judgedKm], [1, 60, 59])
      assert.deepEqual(await ask(), set)
    })

    it('keeps what former models take, and does not tell it as one of the features of today', async () => {
      const { features } = (await ask()) ?? assert.fail('no features')
      assert.ok('phone_share' in features)
      assert.equal(Object.keys(features).length, knownDriverFeatures.length)
    })

    it('makes them anew when late data came, though nobody was told', async () => {
      await storeDrives(database, lane, [driveRecords(2)])
      const after = (await ask()) ?? assert.fail('no features')
      assert.deepEqual([after.trips, after.exposureKm], [2, 120])
      const [trip = assert.fail()] = await db.select().from(trips).where(eq(trips.id, 'TRP-000000000002'))
      const statistics = { ...(trip.statistics ?? assert.fail()), distanceM: 70_000 }
      await db.update(trips).set({ statistics, updatedAt: new Date() }).where(eq(trips.id, trip.id))
      assert.equal((await ask())?.exposureKm, 130)
    })

    it('makes them anew after a day, and where another wrote what was older', async () => {
      const set = (await ask()) ?? assert.fail('no features')
      const nextDay = set.computedAt.getTime() + dayMs
      assert.equal((await ask(nextDay))?.computedAt.getTime(), nextDay)
      await db.update(driverFeatureSets).set({ basis: 'of before', trips: 1 })
      assert.equal((await ask(nextDay))?.trips, 2)
    })

    it('tells them with names, units and the model that takes them', async () => {
      const { app, sessions } = createTestApp(db, { model: async () => model })
      const { token } = await sessions.issue(await addUser(db, 'driver@example.org', driverId))
      const { status, body } = await caller(app, token)('GET', `/api/v1/drivers/${driverId}/features`)
      assert.equal(status, 200)
      const told = DriverFeatures.parse(body)
      assert.deepEqual(
        [told.features.length, told.trips, told.periodDays],
        [driverFeatures.length, 2, standardPeriodDays],
      )
      assert.equal(told.model?.version, model.manifest.version)
      assert.ok(told.features.every(({ name, unit }) => name !== '' && typeof unit === 'string'))
    })

    it('keeps nothing of a driver whose last trip went', async () => {
      await db.delete(trips)
      assert.equal(await ask(), null)
      assert.equal((await refreshFeatures(db, { driverId })).trips, 0)
      assert.equal((await db.select().from(driverFeatureSets)).length, 0)
    })
  })
}
