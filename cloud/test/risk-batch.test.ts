import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { statisticsDays } from '@fairmile/contract/http/statistics.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { judge } from '@fairmile/models/pricing/receipt.ts'
import { driverStatistics } from '@fairmile/models/trips/driver-statistics.ts'
import { unpackStatistics } from '@fairmile/models/trips/packed-statistics.ts'
import { and, count, eq, sql } from 'drizzle-orm'
import { domainEvents } from '../src/db/schema/outbox.ts'
import { drivers } from '../src/db/schema/people.ts'
import { premiums, scores } from '../src/db/schema/pricing.ts'
import { driverTouches } from '../src/db/schema/trip-records.ts'
import { trips } from '../src/db/schema/trips.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { driverBehaviour } from '../src/pricing/driver-behaviour.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricingConsumer } from '../src/pricing/reprice.ts'
import { riskJobFailuresOf } from '../src/risk/batch/jobs.ts'
import { readDrivers } from '../src/risk/batch/read-drivers.ts'
import { driverReasons } from '../src/risk/driver-reasons.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { scoreTrend } from '../src/risk/risk-queries.ts'
import { newestScore } from '../src/risk/score-queries.ts'
import { createStatisticsConsumer } from '../src/trips/driver-statistics.ts'
import { recentTrips } from '../src/trips/ended-trips.ts'
import { tripOf } from './batch-trips.ts'
import { engines } from './engines.ts'
import { model, riskBatchRig } from './risk-batch-rig.ts'

const plans = loadPlans()
const plan = plans.get('fairmile-1') ?? assert.fail()

for (const engine of engines()) {
  describe(`batches of scores on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { devices, run, counts } = await riskBatchRig(database)
    const consumers = createConsumers({
      db,
      handlers: {
        risk: createRiskConsumer({ model }),
        statistics: createStatisticsConsumer(),
        pricing: createPricingConsumer({ model, plans }),
      },
      metrics: createMetrics(),
      log: createLog({ level: 'silent' }),
    })
    const newestRow = async (driverId: string) => {
      const { version } = (await newestScore(db, driverId)) ?? assert.fail(`${driverId} has no score`)
      const [row] = await db
        .select()
        .from(scores)
        .where(and(eq(scores.driverId, driverId), eq(scores.version, version)))
      return row ?? assert.fail()
    }

    it('scores everybody who has an insured trip, of whom nobody was told', async () => {
      const job = await run()
      assert.deepEqual(counts(job), { scored: 4, unchanged: 0, unscored: 1, failed: 0, total: 5 })
      assert.deepEqual([job.state, job.afterId, job.modelVersion], ['done', 'DRV-0005', model.manifest.version])
      assert.deepEqual(await db.select().from(driverTouches), [])
    })

    it('gives to the bit the features, score, shares and reasons that one driver is given after a trip', async () => {
      for (const { driverId } of devices.slice(0, 4)) {
        const batch = await newestRow(driverId)
        const told = (await newestScore(db, driverId)) ?? assert.fail()
        const reasons = await driverReasons(db, { driverId, model: null })
        const { id, deviceId, policyId, startAt, endAt } =
          (await db.select().from(trips).where(eq(trips.driverId, driverId)).limit(1))[0] ?? assert.fail()
        const data = { tripId: id, deviceId, driverId, policyId: policyId ?? '', startAt: +startAt, endAt: +endAt! }
        const context = { id: Number(driverId.at(-1)), time: new Date(), correlationId: 'test', causedBy: null }
        await db.transaction((tx) =>
          createRiskConsumer({ model })(tx, { type: 'TripCompleted', subject: driverId, data, ...context }),
        )
        const single = await newestRow(driverId)
        const same = ['risk', 'riskLow', 'riskHigh', 'margin', 'relativity', 'exposureKm', 'judgedKm', 'trips'] as const
        for (const name of [...same, 'periodDays', 'modelHash', 'featureRow', 'shapRow'] as const)
          assert.deepEqual(batch[name], single[name], `${driverId}: ${name}`)
        const { version, calculatedAt, ...after } = (await newestScore(db, driverId)) ?? assert.fail()
        assert.deepEqual({ ...told, version, calculatedAt }, { ...after, version, calculatedAt })
        const after2 = await driverReasons(db, { driverId, model })
        assert.deepEqual(reasons?.features, after2?.features)
        assert.deepEqual([reasons?.base, reasons?.margin], [after2?.base, after2?.margin])
        assert.ok(told.reasons.length > 0 && after2!.features.length === model.manifest.features.length)
      }
    })

    it('adds up the same for every period, those that are kept and those that are not', async () => {
      for (const days of [...statisticsDays, 12, 200]) {
        const found = await readDrivers(db, { which: { afterId: '', limit: 10, named: null }, days })
        for (const { driverId, sums, tripRows } of found.slice(0, 4)) {
          const single = await recentTrips(db, { driverId, days })
          assert.deepEqual(unpackStatistics(sums ?? assert.fail()), driverStatistics(single))
          assert.equal(tripRows, single.length)
        }
        assert.equal(found[4]?.sums, null)
      }
    })

    it('makes no new version where nothing changed, and one where a trip changed of which nobody was told', async () => {
      assert.deepEqual(counts(await run()), { scored: 0, unchanged: 4, unscored: 1, failed: 0, total: 5 })
      const [device = assert.fail()] = devices
      const before = await newestRow(device.driverId)
      const { statistics } = tripOf(device, 30)
      await db
        .update(trips)
        .set({ statistics: statistics! })
        .where(eq(trips.id, `TRP-${device.driverId}-1`))
      assert.deepEqual(counts(await run()), { scored: 1, unchanged: 3, unscored: 1, failed: 0, total: 5 })
      const after = await newestRow(device.driverId)
      assert.deepEqual([after.version, after.tripId], [before.version + 1, `TRP-${device.driverId}-1`])
      const judged = judge(await recentTrips(db, { driverId: device.driverId, days: 30 }), model)
      const [margin] = await model.infer(
        Float32Array.from(judged.features, ({ value }) => value ?? Number.NaN),
        1,
      )
      assert.equal(after.margin, margin)
    })

    it('follows a trip that went to another driver or is gone, and leaves all that did not change', async () => {
      const [, second = assert.fail(), third = assert.fail()] = devices
      const { driverId, policyId } = third
      await db
        .update(trips)
        .set({ driverId, policyId })
        .where(eq(trips.id, `TRP-${second.driverId}-2`))
      await db.delete(trips).where(eq(trips.id, `TRP-DRV-0004-4`))
      await db.update(trips).set({ changeReason: 'no matter' }).where(eq(trips.driverId, devices[0]!.driverId))
      assert.deepEqual(counts(await run()), { scored: 3, unchanged: 1, unscored: 1, failed: 0, total: 5 })
      assert.equal((await newestRow(driverId)).trips, (await recentTrips(db, { driverId, days: 30 })).length)
    })

    it('records an event of each new score, from which the policy is priced anew', async () => {
      await db
        .update(trips)
        .set({ statistics: tripOf(devices[0]!, 31).statistics! })
        .where(eq(trips.id, 'TRP-DRV-0001-1'))
      const job = await run({ driverIds: ['DRV-0001', 'DRV-0002'] })
      const events = await db
        .select()
        .from(domainEvents)
        .where(eq(domainEvents.correlationId, `JOB-${job.id}`))
      const { version, risk, riskLow, riskHigh } = await newestRow('DRV-0001')
      const data = { driverId: 'DRV-0001', version, tripId: 'TRP-DRV-0001-1', policyId: 'POL-1', risk }
      assert.deepEqual(
        events.map((event) => [event.type, event.subject, event.data]),
        [['RiskScoreCalculated', 'DRV-0001', { ...data, intervalHalfWidth: (riskHigh - riskLow) / 2 }]],
      )
      await consumers.drain()
      const [premium] = await db.select({ n: count() }).from(premiums).where(eq(premiums.eventId, events[0]!.id))
      assert.equal(premium?.n, 1)
    })

    it('keeps scores of another period apart: neither shown, nor told, nor priced', async () => {
      const shown = await newestRow('DRV-0001')
      const behaviour = await driverBehaviour(db, { driverId: 'DRV-0001', plan, model })
      const trend = async (periodDays: number) =>
        (await scoreTrend(db, { driverId: 'DRV-0001', days: 1, periodDays })).points.map(({ version }) => version)
      const before = await trend(30)
      const job = await run({ driverIds: ['DRV-0001'], periodDays: 90 })
      assert.deepEqual(counts(job), { scored: 1, unchanged: 0, unscored: 0, failed: 0, total: 1 })
      assert.deepEqual(await newestRow('DRV-0001'), shown)
      assert.deepEqual(await driverBehaviour(db, { driverId: 'DRV-0001', plan, model }), behaviour)
      assert.deepEqual([await trend(30), await trend(90)], [before, [shown.version + 1]])
      const told = eq(domainEvents.correlationId, `JOB-${job.id}`)
      assert.deepEqual(await db.select().from(domainEvents).where(told), [])

      const again = { scored: 0, unchanged: 1, unscored: 0, failed: 0, total: 1 }
      for (const periodDays of [90, 30]) {
        const { id, ...same } = await run({ driverIds: ['DRV-0001'], periodDays })
        assert.deepEqual(counts({ id, ...same }), again, `${periodDays} days`)
      }
      const { statistics } = tripOf(devices[0]!, 34)
      await db.update(trips).set({ statistics: statistics! }).where(eq(trips.id, 'TRP-DRV-0001-1'))
      await run({ driverIds: ['DRV-0001'] })
      assert.equal((await newestRow('DRV-0001')).version, shown.version + 2, 'versions are counted together')
    })

    it('keeps and lists whom it cannot score, and scores the others', async () => {
      const broken = { distanceM: 1 } as unknown as TripStatistics
      await db.update(trips).set({ statistics: broken }).where(eq(trips.id, 'TRP-DRV-0002-3'))
      await db
        .update(trips)
        .set({ statistics: tripOf(devices[2]!, 33).statistics! })
        .where(eq(trips.id, 'TRP-DRV-0003-3'))
      const job = await run({ driverIds: ['DRV-0003', 'DRV-0002', 'DRV-9999'], batchSize: 100 })
      assert.deepEqual(counts(job), { scored: 1, unchanged: 0, unscored: 0, failed: 2, total: 3 })
      const failures = await riskJobFailuresOf(db, { id: job.id, limit: 10 })
      assert.deepEqual(
        failures.map(({ driverId }) => driverId),
        ['DRV-0002', 'DRV-9999'],
      )
      assert.match(failures[0]?.error ?? '', /undefined|NaN/)
      assert.match(failures[1]?.error ?? '', /no such driver/)
      assert.deepEqual(await riskJobFailuresOf(db, { id: job.id, after: 'DRV-0002', limit: 10 }), failures.slice(1))
      await db
        .update(trips)
        .set({ statistics: tripOf(devices[1]!, 3).statistics! })
        .where(eq(trips.id, 'TRP-DRV-0002-3'))
    })

    it('stores the others where the database refuses one', async () => {
      await db
        .update(trips)
        .set({ statistics: tripOf(devices[0]!, 35).statistics! })
        .where(eq(trips.id, 'TRP-DRV-0001-1'))
      await db
        .update(trips)
        .set({ statistics: tripOf(devices[2]!, 36).statistics! })
        .where(eq(trips.id, 'TRP-DRV-0003-3'))
      await db.execute(
        sql`ALTER TABLE scores ADD CONSTRAINT not_him CHECK (driver_id <> 'DRV-0003' OR job_id IS NULL) NOT VALID`,
      )
      const job = await run({ batchSize: 100 })
      assert.deepEqual([job.failed, job.total], [1, 5])
      assert.ok(job.scored >= 1)
      assert.match((await riskJobFailuresOf(db, { id: job.id, limit: 10 }))[0]?.error ?? '', /Copying rows into scores/)
      await db.execute(sql`ALTER TABLE scores DROP CONSTRAINT not_him`)
    })

    it('names a policy of the driver’s own where they drove another’s car last, and none where they have none', async () => {
      const [owner = assert.fail(), , , , fifth = assert.fail()] = devices
      await db.insert(drivers).values({ id: 'DRV-0006', name: 'Without a policy' })
      const lent = (driverId: string, n: number) => ({
        ...tripOf(owner, n),
        id: `TRP-LENT-${n}`,
        driverId,
        assigned: true,
      })
      await db.insert(trips).values([lent(fifth.driverId, 0), lent('DRV-0006', 1)])
      for (const days of [30, 12]) {
        const found = await readDrivers(db, { which: { ids: [fifth.driverId, 'DRV-0006'] }, days })
        assert.deepEqual(
          found.map(({ driverId, tripId, policyId }) => [driverId, tripId, policyId]),
          [
            [fifth.driverId, 'TRP-LENT-0', fifth.policyId],
            ['DRV-0006', null, null],
          ],
        )
      }
    })
  })
}
