import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { text } from 'node:stream/consumers'
import { after, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from '@fairmile/contract/http/page.ts'
import type { Problem } from '@fairmile/contract/http/problem.ts'
import { RiskJob, type RiskJobFailure } from '@fairmile/contract/http/risk-jobs.ts'
import type { LiveMessage } from '@fairmile/contract/live.ts'
import { statisticsExample } from '@fairmile/models/trips/statistics-example.ts'
import { count, eq, sql } from 'drizzle-orm'
import { scores } from '../src/db/schema/pricing.ts'
import { createLog } from '../src/log.ts'
import { createRiskJobRunner } from '../src/risk/batch/job-runner.ts'
import { claimRiskJob, findRiskJob, newestRiskJobs } from '../src/risk/batch/jobs.ts'
import { rescoreAll } from '../src/risk/batch/rescore-all.ts'
import { runRiskJob } from '../src/risk/batch/run-job.ts'
import { tellOfJob } from '../src/risk/batch/tell-of-job.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { addUser, caller, callersOf, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

const cli = fileURLToPath(new URL('../bin/fairmile-cloud.mjs', import.meta.url))
const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const people = 60
const path = '/api/v1/risk/batch-calculate'

for (const engine of engines()) {
  describe(`jobs of scores on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { app, sessions } = createTestApp(db, { model: async () => model })
    const device = await addDevice(db)
    const statistics = JSON.stringify(statisticsExample({ km: 40, gradable: 0.9, temper: 0.4, events: [] }))
    await db.execute(sql`
      INSERT INTO drivers (id, name) SELECT 'DRV-' || lpad(g::text, 4, '0'), 'Driver ' || g FROM generate_series(2, ${people}) g`)
    await db.execute(sql`
      INSERT INTO policies (id, driver_id, vehicle_id, plan_id, starts_on, ends_on)
      SELECT 'POL-' || g, 'DRV-' || lpad(g::text, 4, '0'), ${device.vehicleId}, 'fairmile-1', '2026-01-01', '2026-12-31'
      FROM generate_series(2, ${people}) g`)
    await db.execute(sql`
      INSERT INTO trips (id, device_id, boot_id, vehicle_id, driver_id, policy_id, start_at, end_at, thresholds_hash, statistics, version, versions)
      SELECT 'TRP-' || g, ${device.id}, 1, ${device.vehicleId}, 'DRV-' || lpad(g::text, 4, '0'), ${device.policyId},
        '2026-06-01T08:00Z', '2026-06-01T09:00Z', 'test', ${statistics}::jsonb, 1, 1 FROM generate_series(1, ${people}) g`)
    const callerOf = callersOf({ db, app, sessions })
    const admin = await callerOf('admin@example.org', null)
    const driver = await callerOf('driver@example.org', device.driverId)
    const { token } = await sessions.issue(await addUser(db, 'second@example.org'))
    const heard: LiveMessage[] = []
    const allTold = Promise.withResolvers<void>()
    const runner = createRiskJobRunner({
      database,
      model: async () => model,
      log: createLog({ level: 'silent' }),
      progress: tellOfJob({
        publish: (message) => {
          heard.push(message)
          if (message.type === 'risk_job_update' && message.state === 'done') allTold.resolve()
        },
      }),
    })
    after(() => runner.stop())
    const ask = async (body: unknown, call = admin) => call('POST', path, body)

    it('are asked for by admins alone, with what the contract allows', async () => {
      assert.equal((await ask({ driver_ids: 'all' }, driver)).status, 403)
      assert.equal((await ask({ driver_ids: 'all' }, caller(app))).status, 401)
      const wrong = [{}, { driver_ids: [] }, { driver_ids: ['Robert'] }, { driver_ids: 'some' }]
      for (const body of [...wrong, { driver_ids: 'all', period_days: 0 }, { driver_ids: 'all', batch_size: 5000 }]) {
        const { status, body: problem } = await ask(body)
        assert.equal(status, 422, JSON.stringify(body))
        assert.ok((problem as Problem).errors?.length)
      }
      assert.equal((await newestRiskJobs(db, 1)).length, 0)
    })

    it('are recorded once for a key, accepted with their address, and cancelled while they wait', async () => {
      const post = () =>
        app.request(path, {
          method: 'POST',
          headers: {
            ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            'idempotency-key': '0123456789abcdef',
          },
          body: JSON.stringify({ driver_ids: ['DRV-0002', 'DRV-0001'], period_days: 7, batch_size: 1 }),
        })
      const [first, second] = [await post(), await post()]
      assert.deepEqual([first.status, second.status], [202, 202])
      const job = RiskJob.parse(await first.json())
      assert.deepEqual(await second.json(), job)
      // Without a key, too: an open job that asks for the same is the answer.
      const like = await ask({ driver_ids: ['DRV-0001', 'DRV-0002'], period_days: 7, batch_size: 2 })
      assert.deepEqual([like.status, like.body], [202, job])
      const { id, state, named, total, periodDays, batchSize, requestedBy } = job
      assert.deepEqual([state, named, total, periodDays, batchSize], ['queued', 2, 2, 7, 1])
      assert.equal(requestedBy, 'second@example.org')
      assert.equal(first.headers.get('location'), `/api/v1/risk/jobs/${id}`)
      assert.equal((await newestRiskJobs(db, 9)).length, 1)
      const cancelled = await admin('DELETE', `/api/v1/risk/jobs/${id}`)
      assert.deepEqual([cancelled.status, (cancelled.body as RiskJob).state], [200, 'cancelled'])
    })

    it('are worked off by a runner, and followed by the stream, the live pages, the list and their failures', async () => {
      await runner.start()
      const job = RiskJob.parse((await ask({ driver_ids: 'all', batch_size: 7 })).body)
      const response = await app.request(`/api/v1/risk/jobs/${job.id}/stream`, {
        headers: { authorization: `Bearer ${token}` },
      })
      assert.match(response.headers.get('content-type') ?? '', /text\/event-stream/)
      const events = (await response.text())
        .split('\n\n')
        .filter(Boolean)
        .map((event) => ({
          name: /event: (\w+)/.exec(event)?.[1],
          job: RiskJob.parse(JSON.parse(/data: (.*)/.exec(event)?.[1] ?? '')),
        }))
      const last = events.at(-1) ?? assert.fail()
      assert.deepEqual([last.name, last.job.state, last.job.done], ['end', 'done', people])
      assert.ok(events.slice(0, -1).every(({ name }) => name === 'progress'))
      assert.deepEqual([last.job.scored, last.job.failed, last.job.named], [people, 0, null])
      const shown = RiskJob.parse((await admin('GET', `/api/v1/risk/jobs/${job.id}`)).body)
      assert.deepEqual(shown, last.job)
      // The stream reads the table, and may see the end before the pages are told.
      await allTold.promise
      const told = heard.filter((message) => message.type === 'risk_job_update')
      assert.deepEqual([told.at(-1)?.state, told.at(-1)?.done, told.at(-1)?.driverId], ['done', people, null])
      const page = (await admin('GET', '/api/v1/risk/jobs?limit=1')).body as Page<RiskJob>
      assert.deepEqual(page.items, [last.job])
      const next = (await admin('GET', `/api/v1/risk/jobs?limit=1&cursor=${page.nextCursor}`)).body as Page<RiskJob>
      assert.deepEqual([next.items[0]?.state, next.nextCursor], ['cancelled', null])
    })

    it('list whom they could not score, page by page', async () => {
      const { id } = RiskJob.parse((await ask({ driver_ids: ['DRV-9002', 'DRV-9001', 'DRV-0001'] })).body)
      const stream = `/api/v1/risk/jobs/${id}/stream`
      const followed = await app.request(stream, { headers: { authorization: `Bearer ${token}` } })
      assert.match(await followed.text(), /event: end/)
      const base = `/api/v1/risk/jobs/${id}/failures`
      const page = (await admin('GET', `${base}?limit=1`)).body as Page<RiskJobFailure>
      assert.deepEqual(page.items, [{ driverId: 'DRV-9001', error: 'there is no such driver' }])
      const rest = (await admin('GET', `${base}?cursor=${page.nextCursor}`)).body as Page<RiskJobFailure>
      assert.deepEqual([rest.items[0]?.driverId, rest.nextCursor], ['DRV-9002', null])
      assert.equal((await admin('GET', '/api/v1/risk/jobs/JOB-999999')).status, 404)
      assert.equal((await admin('DELETE', '/api/v1/risk/jobs/JOB-999999')).status, 404)
      assert.equal((await driver('GET', base)).status, 403)
    })

    it('are asked for by the schedule once, as long as one is open', async () => {
      await runner.stop()
      const { job } = await rescoreAll(db)
      assert.deepEqual(await rescoreAll(db), { job })
      assert.equal((await admin('DELETE', `/api/v1/risk/jobs/${job}`)).status, 200)
    })

    if (!('url' in database.engine)) return
    const { url } = database.engine
    /** The command on the same server. */
    const start = (...args: string[]) => {
      const { NODE_COMPILE_CACHE, PATH } = process.env
      const env = {
        PATH,
        DATABASE_URL: url,
        FAIRMILE_DATA: tmpdir(),
        ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }),
      }
      const child = spawn(process.execPath, [cli, 'score', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
      return { child, out: text(child.stdout), errors: text(child.stderr), exit: once(child, 'exit') }
    }

    it('are gone on with behind the last batch of a command that was killed', async () => {
      // So that none is done before it is seen to be under way.
      await db.execute(sql`
        CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.05); RETURN NULL; END $$`)
      await db.execute(sql`
        CREATE TRIGGER slowly AFTER INSERT ON scores FOR EACH STATEMENT EXECUTE FUNCTION slowly()`)
      await db.execute(sql`UPDATE trips SET statistics = jsonb_set(statistics, '{stops}', '77')`)
      const { child, exit } = start('--all', '--batch-size', '1')
      let job = null
      while (!job?.scored) {
        await sleep(5)
        job = (await newestRiskJobs(db, 1)).find(({ batchSize }) => batchSize === 1) ?? null
      }
      child.kill('SIGKILL')
      await exit
      const left = (await findRiskJob(db, job.id)) ?? assert.fail()
      assert.ok(left.scored >= 1 && left.scored < people, `${left.scored} of ${people} were stored`)
      assert.equal(left.state, 'running')
      const mine = (await claimRiskJob(db, { runner: 'next', id: job.id, nowMs: Date.now() + 60_000 })) ?? assert.fail()
      const ended = (await runRiskJob({ database, job: mine, model })) ?? assert.fail()
      assert.deepEqual([ended.scored, ended.unchanged, ended.failed], [people, 0, 0])
      const [stored] = await db.select({ n: count() }).from(scores).where(eq(scores.jobId, job.id))
      assert.equal(stored?.n, people)
    })

    it('are told by the command: what became of them, and by its exit code', async () => {
      const done = start('--driver-ids', 'DRV-0001,DRV-0002', '--json')
      assert.deepEqual(await done.exit, [0, null])
      const job = RiskJob.parse(JSON.parse(await done.out))
      assert.deepEqual([job.state, job.unchanged, job.requestedBy], ['done', 2, 'command line'])
      const failing = start('--driver-ids', 'DRV-9001', '--period-days', '90')
      assert.deepEqual(await failing.exit, [1, null])
      assert.match(await failing.out, /done: 1\/1 drivers: 0 scored, 0 unchanged, 0 without trips, 1 failed/)
      assert.match(await failing.errors, /DRV-9001: there is no such driver/)
      assert.deepEqual(await start('--all', '--batch-size', '9999').exit, [2, null])
      const unknown = start('failures', 'JOB-999999')
      assert.deepEqual(await unknown.exit, [2, null])
      assert.match(await unknown.errors, /Looking for "JOB-999999": there is no such job/)
    })

    it('may name ten thousand drivers by the longest ids, and no more', async () => {
      const named = (drivers: number) => Array.from({ length: drivers }, (_, n) => `DRV-${String(n).padStart(26, '0')}`)
      const job = await ask({ driver_ids: named(10_000) })
      assert.deepEqual([job.status, (job.body as RiskJob).named], [202, 10_000])
      await admin('DELETE', `/api/v1/risk/jobs/${(job.body as RiskJob).id}`)
      assert.equal((await ask({ driver_ids: named(10_001) })).status, 422)
      assert.equal((await ask({ driver_ids: named(16_000) })).status, 413)
    })

    it('are cancelled by Ctrl-C after the batch under way', async () => {
      await db.execute(sql`UPDATE trips SET statistics = jsonb_set(statistics, '{stops}', '78')`)
      const { child, exit, out } = start('--all', '--batch-size', '1', '--period-days', '90')
      let job = null
      while (!job?.scored) {
        await sleep(5)
        job =
          (await newestRiskJobs(db, 1)).find(({ periodDays, batchSize }) => periodDays === 90 && batchSize === 1) ??
          null
      }
      child.kill('SIGINT')
      assert.deepEqual(await exit, [130, null])
      assert.match(await out, /cancelled/)
      const left = await findRiskJob(db, job.id)
      assert.equal(left?.state, 'cancelled')
      assert.ok(left.scored >= 1 && left.scored < people, `${left.scored} of ${people} were stored`)
    })
  })
}
