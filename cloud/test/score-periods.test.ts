import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { eq } from 'drizzle-orm'
import { domainEvents } from '../src/db/schema/outbox.ts'
import { trips } from '../src/db/schema/trips.ts'
import { driverBehaviour } from '../src/pricing/driver-behaviour.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { claimRiskJob, createRiskJob } from '../src/risk/batch/jobs.ts'
import { runRiskJob } from '../src/risk/batch/run-job.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { scoreTrend } from '../src/risk/risk-queries.ts'
import { newestScore } from '../src/risk/score-queries.ts'
import { tripOf } from './batch-trips.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const plan = loadPlans().get('fairmile-1') ?? assert.fail()

for (const engine of engines()) {
  describe(`periods of scores on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const device = await addDevice(db)
    const { driverId } = device
    await db.insert(trips).values([1, 2, 5, 9, 20, 40].map((n) => tripOf(device, n)))

    /** Runs a job to its end; gives what it did and the events that it recorded. */
    async function run(periodDays: number) {
      const { id } = await createRiskJob(db, { driverIds: null, periodDays, batchSize: 10, requestedBy: 'a test' })
      const job = (await claimRiskJob(db, { runner: `runner ${id}`, id })) ?? assert.fail('the job is not free')
      const { scored, unchanged } = (await runRiskJob({ database, job, model })) ?? assert.fail('it was given back')
      const told = await db
        .select()
        .from(domainEvents)
        .where(eq(domainEvents.correlationId, `JOB-${id}`))
      return { scored, unchanged, told: told.map(({ type }) => type) }
    }
    const shown = async () => {
      const score = (await newestScore(db, driverId)) ?? assert.fail('there is no score')
      return { score, priced: await driverBehaviour(db, { driverId, plan, model }) }
    }
    const trend = async (periodDays: number) =>
      (await scoreTrend(db, { driverId, days: 1, periodDays })).points.map(({ version }) => version)

    it('are of 30 days where a score is shown, told and priced', async () => {
      assert.deepEqual(await run(30), { scored: 1, unchanged: 0, told: ['RiskScoreCalculated'] })
      const { score, priced } = await shown()
      assert.deepEqual([score.version, score.periodDays, priced?.scoreVersion], [1, 30, 1])
    })

    it('are kept apart: another one is in its trend, and neither shown, nor told, nor priced', async () => {
      const before = await shown()
      assert.deepEqual(await run(90), { scored: 1, unchanged: 0, told: [] })
      assert.deepEqual(await shown(), before)
      assert.deepEqual([await trend(30), await trend(90), await trend(7)], [[1], [2], []])
    })

    it('make no new version where nothing of the same period has changed, and count their versions together', async () => {
      for (const days of [90, 30])
        assert.deepEqual(await run(days), { scored: 0, unchanged: 1, told: [] }, `${days} days`)
      const { statistics } = tripOf(device, 34)
      await db
        .update(trips)
        .set({ statistics: statistics! })
        .where(eq(trips.id, `TRP-${driverId}-1`))
      assert.deepEqual(await run(30), { scored: 1, unchanged: 0, told: ['RiskScoreCalculated'] })
      assert.equal((await shown()).score.version, 3)
    })
  })
}
