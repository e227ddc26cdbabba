import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Premium } from '@fairmile/contract/http/pricing.ts'
import { Score } from '@fairmile/contract/http/score.ts'
import { DriverStatisticsReport, TripStatisticsReport } from '@fairmile/contract/http/statistics.ts'
import { TripVersionList } from '@fairmile/contract/http/trip-versions.ts'
import { Trip } from '@fairmile/contract/http/trips.ts'
import type { Receipt } from '@fairmile/contract/receipt.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { driverStatistics } from '@fairmile/models/trips/driver-statistics.ts'
import { eq } from 'drizzle-orm'
import { trips } from '../src/db/schema/trips.ts'
import { createCacheConsumer } from '../src/events/cache-consumer.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricingConsumer } from '../src/pricing/reprice.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { createStatisticsConsumer } from '../src/trips/driver-statistics.ts'
import { recentTrips } from '../src/trips/ended-trips.ts'
import { recordTripCompleted } from '../src/trips/trip-completed.ts'
import { callersOf, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { driveRecords, storeDrives } from './stored-drive.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')

/** A drive's record with another end: the car went on, and told it again. */
function longer(n: number, seconds: number): TripsRecord[] {
  const record = driveRecords(n).at(-1)
  if (record?.type !== 'trip') return assert.fail()
  const { trip } = record
  const distanceM = trip.statistics.distanceM + 15 * seconds
  const statistics = { ...trip.statistics, distanceM, speedSum: distanceM }
  return [{ type: 'trip', trip: { ...trip, endAt: trip.endAt + seconds * 1000, statistics } }]
}

for (const engine of engines()) {
  describe(`versions of trips on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const first = await addDevice(db, 1)
    const second = await addDevice(db, 2)
    const lane = laneOf(first, 'trips')
    const clock = { ms: Date.UTC(2026, 5, 10) }
    const now = () => clock.ms
    const { app, sessions, cache } = createTestApp(db)
    const consumers = createConsumers({
      db,
      handlers: {
        risk: createRiskConsumer({ model, now }),
        pricing: createPricingConsumer({ model, plans: loadPlans(), now }),
        statistics: createStatisticsConsumer(),
        cache: createCacheConsumer({ cache }),
      },
      metrics: createMetrics(),
      log: createLog({ level: 'silent' }),
    })
    const callerOf = callersOf({ db, app, sessions })
    const driver = await callerOf('first@example.org', first.driverId)
    const other = await callerOf('second@example.org', second.driverId)
    const admin = await callerOf('admin@example.org', null)
    const get = async (path: string) => (await admin('GET', path)).body
    const versionsOf = async (id: string) =>
      TripVersionList.parse(await get(`/api/v1/trips/${id}/versions`)).items.map(
        ({ version, counts, cause, distanceM }) => [version, counts, cause, distanceM],
      )
    const scoreOf = async (id: string) => Score.parse(await get(`/api/v1/drivers/${id}/score`))
    const premiumOf = async (id: string) => Premium.parse(await get(`/api/v1/drivers/${id}/premium`))

    /** Trips that the first driver's newest receipt holds as another's. */
    const paidForOthers = async () => {
      const { receiptId } = await premiumOf(first.driverId)
      const receipt = (await get(`/api/v1/drivers/${first.driverId}/receipts/${receiptId}`)) as Receipt
      return receipt.trips.filter((trip) => trip.driver === 'other').map(({ id }) => id)
    }

    it('keeps what a corrected trip was, and scores and prices it anew', async () => {
      await storeDrives(database, lane, [driveRecords(1), driveRecords(2)])
      await consumers.drain()
      const before = { score: await scoreOf(first.driverId), premium: await premiumOf(first.driverId) }
      await storeDrives(database, lane, [longer(1, 600)])
      await consumers.drain()
      assert.deepEqual(await versionsOf('TRP-000000000001'), [
        [2, true, 'corrected', 69_000],
        [1, false, 'recorded', 60_000],
      ])
      const score = await scoreOf(first.driverId)
      assert.deepEqual([score.version, score.exposureKm], [before.score.version + 1, 129])
      assert.ok((await premiumOf(first.driverId)).premiumMinor > before.premium.premiumMinor)
    })

    it('lets an older record that comes late count for nothing, and takes each record once', async () => {
      const { version } = await scoreOf(first.driverId)
      await storeDrives(database, lane, [longer(1, 300), longer(1, 600), longer(1, 300)])
      await consumers.drain()
      assert.deepEqual(await versionsOf('TRP-000000000001'), [
        [3, false, 'came_late', 64_500],
        [2, true, 'corrected', 69_000],
        [1, false, 'recorded', 60_000],
      ])
      assert.equal((await scoreOf(first.driverId)).version, version)
    })

    it('adds a driver’s trips up over 7, 30 and 90 days, as the scorer does', async () => {
      const path = `/api/v1/drivers/${first.driverId}/statistics`
      const report = DriverStatisticsReport.parse((await driver('GET', `${path}?days=30`)).body)
      const stored = await recentTrips(db, { driverId: first.driverId, days: 30 })
      assert.deepEqual(report.statistics, driverStatistics(stored).total)
      assert.deepEqual([report.trips, report.statistics.distanceM, report.days], [2, 129_000, 30])
      assert.equal(report.until, '2026-06-02T13:00:00.000Z')
      for (const days of [7, 90])
        assert.equal(DriverStatisticsReport.parse((await driver('GET', `${path}?days=${days}`)).body).trips, 2)
      assert.equal((await driver('GET', `${path}?days=8`)).status, 422)
      assert.equal((await other('GET', path)).status, 404)
    })

    it('gives a trip to who drove it: scores, premiums, statistics and access of both follow', async () => {
      const before = await premiumOf(first.driverId)
      const path = '/api/v1/trips/TRP-000000000002'
      const { status, body } = await admin('POST', `${path}/driver`, {
        driverId: second.driverId,
        reason: 'a swap of cars',
      })
      assert.deepEqual([status, Trip.parse(body).driverId, Trip.parse(body).version], [200, second.driverId, 2])
      await consumers.drain()
      assert.equal((await driver('GET', path)).status, 404)
      assert.equal((await other('GET', path)).status, 200)
      assert.equal((await driver('GET', '/api/v1/events/EVT-000000000002')).status, 404)
      assert.equal((await other('GET', '/api/v1/events/EVT-000000000002')).status, 200)
      assert.equal((await scoreOf(first.driverId)).exposureKm, 69)
      assert.equal((await scoreOf(second.driverId)).exposureKm, 60)
      const sums = async (id: string) =>
        DriverStatisticsReport.parse(await get(`/api/v1/drivers/${id}/statistics`)).trips
      assert.deepEqual([await sums(first.driverId), await sums(second.driverId)], [1, 1])
      // What another drove is paid for by the kilometre: the second driver's policy is of another vehicle.
      assert.equal((await premiumOf(first.driverId)).exposureKm, before.exposureKm)
      assert.deepEqual(await paidForOthers(), ['TRP-000000000002'])
      assert.equal((await premiumOf(second.driverId)).exposureKm, 0)
    })

    it('keeps who drove when the car corrects the trip, and gives it to nobody', async () => {
      await storeDrives(database, lane, [longer(2, 600)])
      const path = '/api/v1/trips/TRP-000000000002'
      assert.equal(Trip.parse(await get(path)).driverId, second.driverId)
      await consumers.drain()
      const { exposureKm } = await premiumOf(first.driverId)
      assert.equal(exposureKm, 138)
      await admin('POST', `${path}/driver`, { driverId: null, reason: 'the garage drove it' })
      await consumers.drain()
      assert.equal((await premiumOf(first.driverId)).exposureKm, exposureKm)
      assert.deepEqual(await paidForOthers(), ['TRP-000000000002'])
      const [row] = await db.select().from(trips).where(eq(trips.id, 'TRP-000000000002'))
      assert.deepEqual([row?.driverId, row?.policyId], [null, first.policyId])
      const { items } = TripVersionList.parse(await get(`${path}/versions`))
      assert.deepEqual(
        items.map(({ version, cause, driverId, changeReason }) => [version, cause, driverId, changeReason]),
        [
          [4, 'reassigned', null, 'the garage drove it'],
          [3, 'corrected', second.driverId, null],
          [2, 'reassigned', second.driverId, 'a swap of cars'],
          [1, 'recorded', first.driverId, null],
        ],
      )
      assert.equal((await scoreOf(second.driverId)).exposureKm, 0)
      assert.equal(((await get(`/api/v1/drivers/${second.driverId}/statistics`)) as { status: number }).status, 404)
    })

    it('refuses a driver without a policy, a trip that runs, and who is no admin', async () => {
      const path = '/api/v1/trips/TRP-000000000001/driver'
      const to = (driverId: string) => ({ driverId, reason: 'a test' })
      assert.equal((await admin('POST', path, to('DRV-0009'))).status, 422)
      await storeDrives(database, lane, [driveRecords(5).slice(0, 1)])
      assert.equal((await admin('POST', '/api/v1/trips/TRP-000000000005/driver', to(second.driverId))).status, 409)
      assert.equal((await driver('POST', path, to(second.driverId))).status, 403)
    })

    it('shows the car’s statistics of a trip, and no account before there is one', async () => {
      const report = TripStatisticsReport.parse(await get('/api/v1/trips/TRP-000000000001/statistics'))
      assert.deepEqual([report.statistics.distanceM, report.account, report.reconciliation], [69_000, null, null])
    })

    it('are read anew of every trip that changed together, not of one alone', async () => {
      await storeDrives(database, lane, [driveRecords(3), driveRecords(4)])
      await consumers.drain()
      const ids = ['TRP-000000000003', 'TRP-000000000004']
      const endsOf = () =>
        Promise.all(ids.map(async (id) => Date.parse(Trip.parse(await get(`/api/v1/trips/${id}`)).endAt ?? '')))
      const ends = await endsOf()
      await db.transaction(async (tx) => {
        const changes = []
        for (const id of ids) {
          const [before] = await tx.select().from(trips).where(eq(trips.id, id))
          const endAt = new Date((before?.endAt?.getTime() ?? 0) + 1_000)
          const [after] = await tx.update(trips).set({ endAt }).where(eq(trips.id, id)).returning()
          changes.push({ before: before ?? null, after: after ?? null })
        }
        assert.equal((await recordTripCompleted(tx, changes)).size, 1)
      })
      await consumers.drain()
      assert.deepEqual(
        await endsOf(),
        ends.map((end) => end + 1_000),
      )
    })
  })
}
