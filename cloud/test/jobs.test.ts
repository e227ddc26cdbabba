import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { eq, sql } from 'drizzle-orm'
import { PgBoss } from 'pg-boss'
import { selectRows } from '../src/db/database.ts'
import { notifications } from '../src/db/schema/notifications.ts'
import { domainDeliveries, domainEvents } from '../src/db/schema/outbox.ts'
import { recordDomainEvent } from '../src/events/outbox.ts'
import { retainDomainEvents } from '../src/events/retain-events.ts'
import { createJobs } from '../src/jobs/jobs.ts'
import { listJobs } from '../src/jobs/list-jobs.ts'
import type { JobHandler, JobName } from '../src/jobs/schedule.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { retainNotifications } from '../src/notify/retain-notifications.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

const log = createLog({ level: 'silent' })

for (const engine of engines()) {
  describe(`jobs on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const metrics = createMetrics()
    const jobsOf = (handlers: Partial<Record<JobName, JobHandler>>) =>
      createJobs({ database, handlers, metrics, log, pollingIntervalS: 0.5, firstRetryS: 0 })
    const outcomes = async () => (await metrics.jobs.get()).values.map(({ labels, value }) => [labels.outcome, value])

    const works = Promise.withResolvers<void>()
    let attempts = 0
    const mended = Promise.withResolvers<void>()
    const jobs = jobsOf({
      'partitions-ahead': async () => {
        works.resolve()
        return { made: 2 }
      },
      'measure-models': async () => {
        if (++attempts < 2) throw new Error('not yet')
        mended.resolve()
      },
    })
    after(() => jobs.stop())

    it('are scheduled, where somebody brought a handler', async () => {
      assert.deepEqual(await listJobs(db), [])
      await jobs.start()
      const listed = await listJobs(db)
      assert.deepEqual(
        listed.map(({ job, cron, state }) => [job, cron, state]),
        [
          ['measure-models', '*/20 * * * *', null],
          ['partitions-ahead', '7 * * * *', null],
        ],
      )
    })

    it('run once, and again after a failure, and are counted', async () => {
      assert.equal(await jobs.runNow('partitions-ahead'), true)
      assert.equal(await jobs.runNow('partitions-ahead'), false)
      await jobs.runNow('measure-models')
      await Promise.all([works.promise, mended.promise])
      await jobs.stop()
      assert.deepEqual(
        new Map((await outcomes()) as [string, number][]),
        new Map([
          ['done', 1],
          ['retry', 1],
        ]),
      )
      const states = new Map((await listJobs(db)).map(({ job, state }) => [job, state]))
      assert.deepEqual([states.get('partitions-ahead'), states.get('measure-models')], ['completed', 'completed'])
    })

    it('start again with what there is, and stop; twice changes nothing', async () => {
      const again = jobsOf({ 'partitions-ahead': async () => {} })
      await again.start()
      await again.start()
      assert.deepEqual(
        (await listJobs(db)).map(({ job }) => job),
        ['measure-models', 'partitions-ahead'],
      )
      await again.stop()
      await again.stop()
    })

    it('stay scheduled where another worker starts that has no handler for them, and are done by who has', async () => {
      const billed = Promise.withResolvers<void>()
      const withModel = jobsOf({ 'partitions-ahead': async () => {}, 'bill-periods': async () => billed.resolve() })
      const without = jobsOf({ 'partitions-ahead': async () => {} })
      await withModel.start()
      await without.start()
      assert.ok((await listJobs(db)).some(({ job }) => job === 'bill-periods'))
      assert.equal(await without.runNow('bill-periods'), true)
      await billed.promise
      await without.stop()
      await withModel.stop()
    })

    // It waits for the shortest silence that there is, and the embedded database has one process alone.
    const server = 'url' in database.engine ? it : it.skip
    server('are done again where the process that took them is gone', async () => {
      const name = 'retain-partitions'
      const { promise: done, resolve } = Promise.withResolvers<void>()
      const url = 'url' in database.engine ? database.engine.url : assert.fail()
      const taker = new PgBoss({ connectionString: url, supervise: false })
      const left = createJobs({
        ...{ database, metrics, log, pollingIntervalS: 0.5, firstRetryS: 0, heartbeatS: 10 },
        handlers: { [name]: async () => resolve() },
      })
      // The schedules are put up first; nobody works on them yet.
      await left.start()
      await left.stop()
      await taker.start()
      await taker.send(name)
      const [taken] = await taker.fetch(name)
      assert.ok(taken)
      await taker.stop({ graceful: false })
      await left.start()
      await done
      await left.stop()
    })

    it('set aside what fails for good', async () => {
      const { promise: dead, resolve: tellDead } = Promise.withResolvers<void>()
      const watched = { ...log, error: () => tellDead() }
      const failing = createJobs({
        ...{ database, metrics, pollingIntervalS: 0.5, retries: 0, log: watched },
        handlers: { 'retain-notifications': () => Promise.reject(new Error('never')) },
      })
      await failing.start()
      await failing.runNow('retain-notifications')
      await dead
      await failing.stop()
      const rows = await selectRows(db, sql`SELECT name FROM pgboss.job WHERE name = 'dead-jobs'`)
      assert.equal(rows.length, 1)
    })

    it('keep what waits or was given up, and remove what was handled long ago', async () => {
      const { driverId } = await addDevice(db)
      const at = new Date(Date.UTC(2026, 0, 1))
      const data = { driverId, changed: ['name' as const] }
      const ids: number[] = []
      for (const state of ['done', 'ready', 'dead', 'done'] as const) {
        const subject = `DRV-${ids.length}`
        const id = await recordDomainEvent(db, { type: 'DriverUpdated', subject, data }, { at })
        await db.update(domainDeliveries).set({ state }).where(eq(domainDeliveries.eventId, id))
        ids.push(id)
      }
      const now = at.getTime() + 91 * 86_400_000
      assert.deepEqual(await retainDomainEvents(db, { now: now - 2 * 86_400_000 }), { removed: 0 })
      assert.deepEqual(await retainDomainEvents(db, { now }), { removed: 2 })
      const left = await db.select({ id: domainEvents.id }).from(domainEvents)
      assert.deepEqual(left.map(({ id }) => id).toSorted(), ids.slice(1, 3))
      const words = { driverId, kind: 'safety_alert' as const, data: {}, createdAt: at }
      await db.insert(notifications).values([
        { ...words, eventId: 1 },
        { ...words, eventId: 2, createdAt: new Date(now) },
      ])
      assert.deepEqual(await retainNotifications(db, { now, days: 90 }), { removed: 1 })
    })
  })
}
