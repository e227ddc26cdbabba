import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { BulkItem, BulkPreview, BulkRun } from '@fairmile/contract/http/bulk.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import { sql } from 'drizzle-orm'
import { followJob } from '../src/bulk/follow-job.ts'
import { takeInPlans } from '../src/plans/take-in-plans.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { cancelRiskJob, claimRiskJob, findRiskJob, type RiskJobRow } from '../src/risk/batch/jobs.ts'
import { runRiskJob } from '../src/risk/batch/run-job.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { addScore } from './admin-rig.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
/** More than a batch of the job. */
const people = 130
const path = '/api/v1/admin/bulk/rescore-drivers'

for (const engine of engines()) {
  describe(`the bulk action of new scores on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { app, sessions } = createTestApp(db)
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    const device = await addDevice(db)
    const statistics = JSON.stringify(statisticsExample({ km: 40, gradable: 0.9, temper: 0.4, events: [] }))
    await db.execute(sql`
      INSERT INTO drivers (id, name) SELECT 'DRV-' || lpad(g::text, 4, '0'), 'Driver ' || g FROM generate_series(2, ${people}) g`)
    await db.execute(sql`
      INSERT INTO policies (id, driver_id, vehicle_id, plan_id, starts_on, ends_on)
      SELECT 'POL-' || g, 'DRV-' || lpad(g::text, 4, '0'), ${device.vehicleId}, 'fairmile-1', '2026-01-01', '2026-12-31'
      FROM generate_series(2, ${people}) g`)
    // A log-in each, as a list of drivers needs it; all but the last have a trip.
    await db.execute(sql`
      INSERT INTO users (id, email, name, role, driver_id, password_hash)
      SELECT 'USR-' || id, id || '@example.org', CASE WHEN id < 'DRV-0006' THEN 'Ada' ELSE name END, 'driver', id, 'x' FROM drivers`)
    await db.execute(sql`
      INSERT INTO trips (id, device_id, boot_id, vehicle_id, driver_id, policy_id, start_at, end_at, thresholds_hash, statistics, version, versions)
      SELECT 'TRP-' || g, ${device.id}, 1, ${device.vehicleId}, 'DRV-' || lpad(g::text, 4, '0'), ${device.policyId},
        '2026-06-01T08:00Z', '2026-06-01T09:00Z', 'test', ${statistics}::jsonb, 1, 1 FROM generate_series(1, ${people - 1}) g`)

    const preview = async (drivers: object) => {
      const { status, body } = await admin('POST', `${path}/preview`, { drivers })
      assert.equal(status, 200, JSON.stringify(body))
      return body as BulkPreview
    }
    const started = async ({ token }: BulkPreview) => {
      const { status, body } = await admin('POST', path, { token })
      assert.equal(status, 202, JSON.stringify(body))
      return body as BulkRun
    }
    const runOf = async ({ id }: { id: string }) =>
      (await admin('GET', `/api/v1/admin/bulk-runs/${id}`)).body as BulkRun
    const itemsOf = async ({ id }: { id: string }) =>
      ((await admin('GET', `/api/v1/admin/bulk-runs/${id}/items?limit=100`)).body as Page<BulkItem>).items
    /** Does the job of a run, and tells the run of each batch, as a worker does. */
    const work = async ({ jobId }: BulkRun, told: (job: RiskJobRow) => void = () => {}, signal?: AbortSignal) => {
      const id = Number(jobId?.slice('JOB-'.length))
      const job = (await claimRiskJob(db, { runner: 'test', id })) ?? assert.fail(`${jobId} does not wait`)
      await runRiskJob({ database, job, model, progress: told, ...(signal && { signal }) })
      await followJob(db, id)
    }

    it('shows who and how many, and why some are left out', async () => {
      const all = await preview({ filter: {} })
      assert.deepEqual(
        [all.selected, all.changes, all.warnings],
        [people, people - 1, [{ warning: 'no trip of theirs is insured', items: 1 }]],
      )
      assert.equal(all.items[0]?.change, 'no score yet: anew from 30 days')
      assert.equal((await preview({ filter: { search: 'ada' } })).selected, 5)
      assert.equal((await preview({ filter: { unscored: false } })).selected, 0)
      assert.equal((await preview({ ids: ['DRV-0003', 'DRV-9999'] })).selected, 1)
      const wrong = await admin('POST', `${path}/preview`, { drivers: { filter: { sort: 'name' } } })
      assert.equal(wrong.status, 422)
    })

    it('is one job, whose progress is that of the run and of each driver', async () => {
      const run = await started(await preview({ filter: {} }))
      assert.match(run.jobId ?? '', /^JOB-\d+$/)
      assert.deepEqual([run.state, run.counts], ['running', { waiting: people - 1, done: 0, skipped: 1, failed: 0 }])
      const stopping = new AbortController()
      await work(run, () => stopping.abort(), stopping.signal)
      const half = await runOf(run)
      assert.deepEqual(
        [half.state, half.counts],
        ['running', { waiting: people - 101, done: 100, skipped: 1, failed: 0 }],
      )
      await work(run)
      const done = await runOf(run)
      assert.deepEqual([done.state, done.counts], ['done', { waiting: 0, done: people - 1, skipped: 1, failed: 0 }])
      assert.ok(done.endedAt)
      assert.deepEqual((await itemsOf(run))[0]?.detail, 'score version 1')
      assert.equal((await admin('POST', path, { token: run.id })).status, 409)
    })

    it('says of whom nothing has changed, and who could not be scored', async () => {
      const run = await started(await preview({ ids: ['DRV-0002', 'DRV-0003', 'DRV-0004'] }))
      await db.execute(sql`UPDATE trips SET statistics = NULL, version = 0, end_at = NULL WHERE id = 'TRP-3'`)
      await db.execute(sql`UPDATE trips SET statistics = statistics - 'speedSum' WHERE id = 'TRP-4'`)
      await work(run)
      const items = await itemsOf(run)
      assert.deepEqual(
        items.map(({ id, state }) => [id, state]),
        [
          ['DRV-0002', 'skipped'],
          ['DRV-0003', 'skipped'],
          ['DRV-0004', 'failed'],
        ],
      )
      assert.match(items[0]?.detail ?? '', /^no new score: nothing that it is made of has changed/)
      assert.match(items[2]?.detail ?? '', /NaN/)
    })

    it('ends with its job where that is cancelled, and needs none for nobody', async () => {
      const run = await started(await preview({ ids: ['DRV-0005'] }))
      const id = Number(run.jobId?.slice('JOB-'.length))
      await cancelRiskJob(db, id)
      await followJob(db, id)
      assert.deepEqual([(await runOf(run)).state, (await itemsOf(run))[0]?.detail], ['done', 'the job was cancelled'])
      const nobody = await started(await preview({ ids: [`DRV-0${people}`] }))
      assert.deepEqual([nobody.state, nobody.jobId], ['done', null])
      assert.equal(await findRiskJob(db, id + 1), null)
    })

    it('shows no score of too few kilometres for the plan, nor one of another period', async () => {
      await takeInPlans(db, loadPlans().values())
      await addScore(db, device.driverId, 20, { version: 8, judgedKm: 4.9 })
      await addScore(db, 'DRV-0005', 30, { version: 8 })
      await addScore(db, 'DRV-0005', 80, { version: 9, periodDays: 90 })
      const { items } = await preview({ ids: [device.driverId, 'DRV-0005'] })
      assert.deepEqual(
        items.map(({ change }) => change),
        ['no score yet: anew from 30 days', 'safety score 70: anew from 30 days'],
      )
    })
  })
}
