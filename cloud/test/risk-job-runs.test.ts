import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { count, eq } from 'drizzle-orm'
import type { OpenDatabase } from '../src/db/open.ts'
import { drivers } from '../src/db/schema/people.ts'
import { scores } from '../src/db/schema/pricing.ts'
import { trips } from '../src/db/schema/trips.ts'
import {
  cancelRiskJob,
  createRiskJob,
  findRiskJob,
  handBackRiskJob,
  LostJobError,
  noteBatch,
  openRiskJobLike,
  type RiskJobRow,
  renewLease,
  riskJobFor,
} from '../src/risk/batch/jobs.ts'
import { runRiskJob } from '../src/risk/batch/run-job.ts'
import { engines } from './engines.ts'
import { everybody, model, riskBatchRig } from './risk-batch-rig.ts'

for (const engine of engines()) {
  describe(`a job of scores, from run to run, on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { devices, take, run, counts } = await riskBatchRig(database)

    it('goes on where it was given back, and counts and scores nobody twice', async () => {
      assert.equal((await run()).scored, 4)
      await touchAll()
      const { id } = await createRiskJob(db, { ...everybody, batchSize: 1 })
      assert.equal((await openRiskJobLike(db, everybody))?.id, id)
      const stop = new AbortController()
      let batches = 0
      const progress = () => {
        if (++batches === 2) stop.abort()
      }
      const first = (await take(id)) ?? assert.fail()
      assert.equal(await runRiskJob({ database, job: first, model, signal: stop.signal, progress }), null)
      const between = await findRiskJob(db, id)
      assert.deepEqual([between?.state, between?.afterId, between?.scored], ['queued', 'DRV-0002', 2])
      const second = (await take(id)) ?? assert.fail('it is not free')
      const done = (await runRiskJob({ database, job: second, model })) ?? assert.fail()
      assert.deepEqual(counts(done), { scored: 4, unchanged: 0, unscored: 1, failed: 0, total: 5 })
      const [stored] = await db.select({ n: count() }).from(scores).where(eq(scores.jobId, id))
      assert.equal(stored?.n, 4)
      assert.equal(await openRiskJobLike(db, everybody), null)
    })

    it('is one for all who ask at once, and another for who asks once it has passed drivers', async () => {
      const [first, second] = await Promise.all([riskJobFor(db, everybody), riskJobFor(db, everybody)])
      assert.equal(first.id, second.id)
      const unbegun = { unbegun: true }
      assert.equal((await riskJobFor(db, everybody, unbegun)).id, first.id)
      const running = (await take(first.id)) ?? assert.fail()
      await noteBatch(db, running, { afterId: 'DRV-0003', scored: 3, unchanged: 0, unscored: 0, failures: [] })
      assert.equal((await riskJobFor(db, everybody)).id, first.id)
      const anew = await riskJobFor(db, everybody, unbegun)
      assert.notEqual(anew.id, first.id)
      // Given back, it goes on behind those whom it has passed.
      await handBackRiskJob(db, running)
      assert.equal((await riskJobFor(db, everybody, unbegun)).id, anew.id)
      for (const { id } of [first, anew]) await cancelRiskJob(db, id)
    })

    it('is taken over when its process is not heard of any more, whose batch then does not count', async () => {
      const { id } = await createRiskJob(db, everybody)
      const nowMs = Date.now()
      const dead = (await take(id, nowMs)) ?? assert.fail()
      assert.equal(await take(id, nowMs + 14_000), null)
      const other = (await take(id, nowMs + 16_000)) ?? assert.fail('it is not free')
      const none = { afterId: 'DRV-0001', scored: 0, unchanged: 0, unscored: 0, failures: [] }
      await assert.rejects(noteBatch(db, dead, none), LostJobError)
      await assert.rejects(runRiskJob({ database, job: dead, model }), LostJobError)
      assert.equal((await runRiskJob({ database, job: other, model }))?.state, 'done')
    })

    it('stays with its process while a batch takes longer than the lease, and nobody else takes it', async (t) => {
      t.mock.timers.enable({ apis: ['setInterval'] })
      const { id } = await createRiskJob(db, everybody)
      const slow = (await take(id, Date.now() - 60_000)) ?? assert.fail()
      const { running, storing, release } = runHeld(slow)
      t.after(release)
      await storing
      t.mock.timers.tick(5_000)
      const isOver = async () => ((await findRiskJob(db, id))?.leaseUntil?.getTime() ?? 0) < Date.now()
      for (let looks = 0; looks < 1_000 && (await isOver()); looks++);
      assert.equal(await take(id), null, 'another took it')
      release()
      assert.equal((await running)?.state, 'done')
    })

    it('is not held by a process that has lost it', async (t) => {
      t.mock.timers.enable({ apis: ['setInterval'] })
      const { id } = await createRiskJob(db, everybody)
      const slow = (await take(id, Date.now() - 60_000)) ?? assert.fail()
      const { running, storing, release } = runHeld(slow)
      t.after(release)
      await storing
      const other = (await take(id)) ?? assert.fail('it is not free')
      t.mock.timers.tick(5_000)
      release()
      await assert.rejects(running, LostJobError)
      assert.equal(await renewLease(db, slow), false)
      assert.deepEqual((await findRiskJob(db, id))?.leaseUntil, other.leaseUntil)
      assert.equal((await runRiskJob({ database, job: other, model }))?.state, 'done')
    })

    it('is given up where it was taken five times without a batch', async () => {
      const { id } = await createRiskJob(db, everybody)
      for (let n = 0; n < 5; n++) assert.ok(await take(id, Date.now() + n * 20_000))
      assert.equal(await take(id, Date.now() + 200_000), null)
      const job = await findRiskJob(db, id)
      assert.deepEqual([job?.state, job?.error?.includes('5 times')], ['failed', true])
    })

    it('is cancelled after the batch under way, or at once where nobody is at it', async () => {
      const waiting = await createRiskJob(db, everybody)
      assert.equal((await cancelRiskJob(db, waiting.id))?.state, 'cancelled')
      assert.equal(await take(waiting.id), null)
      const { id } = await createRiskJob(db, { ...everybody, batchSize: 1 })
      const job = (await take(id)) ?? assert.fail()
      assert.equal((await cancelRiskJob(db, id))?.state, 'running')
      const ended = (await runRiskJob({ database, job, model })) ?? assert.fail()
      assert.deepEqual([ended.state, ended.afterId], ['cancelled', 'DRV-0001'])
      assert.equal((await cancelRiskJob(db, id))?.state, 'cancelled')
      assert.equal(await cancelRiskJob(db, 1_000_000), null)
    })

    it('is done at once where there is nobody', async () => {
      await db.insert(drivers).values({ id: 'DRV-0006', name: 'Driver 6' })
      assert.deepEqual(counts(await run({ driverIds: ['DRV-0006'] })), {
        ...{ scored: 0, unchanged: 0, unscored: 1, failed: 0, total: 1 },
      })
    })

    /** Runs a job whose batches are made and not stored before they are released. */
    function runHeld(job: RiskJobRow) {
      const storing = Promise.withResolvers<void>()
      const held = Promise.withResolvers<void>()
      const transaction: OpenDatabase['transaction'] = async (work) => {
        storing.resolve()
        await held.promise
        return database.transaction(work)
      }
      const running = runRiskJob({ database: { db, transaction }, job, model })
      running.catch(() => {}) // told when it is waited for
      return { running, storing: storing.promise, release: () => held.resolve() }
    }

    /** Changes a trip of everybody. */
    async function touchAll() {
      for (const { driverId } of devices.slice(0, 4)) {
        const [trip = assert.fail()] = await db.select().from(trips).where(eq(trips.driverId, driverId)).limit(1)
        const statistics = { ...trip.statistics!, stops: trip.statistics!.stops + 7 }
        await db.update(trips).set({ statistics }).where(eq(trips.driverId, driverId))
      }
    }
  })
}
