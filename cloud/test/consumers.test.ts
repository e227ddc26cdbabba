import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { and, eq, like, type SQL, sql } from 'drizzle-orm'
import { Registry } from 'prom-client'
import { until } from '../chaos/parts/until.ts'
import { selectRows } from '../src/db/database.ts'
import { domainDeliveries, domainEvents } from '../src/db/schema/outbox.ts'
import { drivers } from '../src/db/schema/people.ts'
import { createConsumers, type Handler } from '../src/events/consumers.ts'
import { handleDelivery } from '../src/events/handle-delivery.ts'
import { createLagGauges } from '../src/events/lag.ts'
import { recordDomainEvent } from '../src/events/outbox.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { engines } from './engines.ts'

const log = createLog({ level: 'silent' })
const hourMs = 3_600_000

for (const engine of engines()) {
  describe(`consumers on ${engine.name}`, async () => {
    const { db } = await engine.open()

    /** Makes what waits for its next attempt due, as time does. */
    const passTime = () =>
      db.update(domainDeliveries).set({ nextAttemptAt: sql`now()` }).where(eq(domainDeliveries.state, 'ready'))
    const clockOfDatabase = async (): Promise<number> => {
      const [row] = await selectRows<{ at: string }>(db, sql`SELECT clock_timestamp()::text AS at`)
      return Date.parse(row?.at ?? '')
    }

    /** Consumers of the test's own; each test leaves no delivery pending. */
    function rig(handlers: { risk: Handler }) {
      const metrics = createMetrics()
      const start = () => createConsumers({ db, handlers, metrics, log, random: () => 1 })
      const complete = (driverId: string, tripId: string, { at = new Date() } = {}) => {
        const data = { tripId, deviceId: 'DEV-1', driverId, policyId: 'POL-1', startAt: 0, endAt: 1, version: 1 }
        return db.transaction((tx) => recordDomainEvent(tx, { type: 'TripCompleted', subject: driverId, data }, { at }))
      }
      const stateOf = async (eventId: number) => {
        const which = and(eq(domainDeliveries.eventId, eventId), eq(domainDeliveries.consumer, 'risk'))
        const [row] = await db.select().from(domainDeliveries).where(which)
        return row ?? assert.fail()
      }
      return { metrics, start, complete, stateOf }
    }

    const tripOf = (event: Parameters<Handler>[1]): string => (event.type === 'TripCompleted' ? event.data.tripId : '')

    it('handle an event once, however many look', async () => {
      const handled: string[] = []
      const { start, complete, stateOf } = rig({ risk: async (_tx, event) => void handled.push(tripOf(event)) })
      const id = await complete('DRV-0001', 'TRP-1')
      await Promise.all([start().drain(), start().drain()])
      await start().drain()
      assert.deepEqual(handled, ['TRP-1'])
      assert.equal((await stateOf(id)).state, 'done')
    })

    it('leave to a newer release an event that this one does not know', async () => {
      const handled: string[] = []
      const { start, complete, stateOf } = rig({ risk: async (_tx, event) => void handled.push(tripOf(event)) })
      const id = await complete('DRV-0001', 'TRP-NEWER')
      const called = (type: string) => db.update(domainEvents).set({ type }).where(eq(domainEvents.id, id))
      await called('TripSold')
      await start().drain()
      assert.partialDeepStrictEqual(await stateOf(id), { state: 'ready', attempts: 1 })
      assert.match((await stateOf(id)).error ?? '', /"TripSold": this release knows no such event/)
      await called('TripCompleted')
      await passTime()
      await start().drain()
      assert.deepEqual([handled, (await stateOf(id)).state], [['TRP-NEWER'], 'done'])
    })

    it('undo and try again what failed because something else than the database was away', async () => {
      const away = () => Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' })
      let attempts = 0
      const { start, complete, stateOf } = rig({
        risk: async (tx) => {
          await tx.insert(drivers).values({ id: `DRV-AWAY-${++attempts}`, name: 'x' })
          if (attempts === 1) throw away()
        },
      })
      const insert = (id: string) => (tx: Pick<typeof db, 'insert'>) =>
        tx
          .insert(drivers)
          .values({ id, name: 'x' })
          .then(() => Promise.reject(away()))
      await assert.rejects(db.transaction(insert('DRV-AWAY-T')), { code: 'ECONNREFUSED' })
      await db.transaction((tx) => assert.rejects(tx.transaction(insert('DRV-AWAY-S')), { code: 'ECONNREFUSED' }))
      const id = await complete('DRV-0001', 'TRP-1')
      await start().drain()
      await passTime()
      await start().drain()
      assert.equal((await stateOf(id)).state, 'done')
      const written = await db.select({ id: drivers.id }).from(drivers).where(like(drivers.id, 'DRV-AWAY-%'))
      assert.deepEqual(written, [{ id: 'DRV-AWAY-2' }])
      await db.delete(drivers)
    })

    it('undo what a failed attempt wrote, and try again with longer and longer waits', async () => {
      let attempts = 0
      const risk: Handler = async (tx) => {
        await tx.insert(drivers).values({ id: `DRV-${attempts}`, name: 'x' })
        if (++attempts < 3) throw new Error(`attempt ${attempts}`)
      }
      const { start, complete, stateOf } = rig({ risk })
      const id = await complete('DRV-0001', 'TRP-1')
      for (const [n, waitMs] of [1_000, 2_000].entries()) {
        const fromMs = await clockOfDatabase()
        await handleDelivery(db, { name: 'risk', handler: risk, random: () => 1 })
        const toMs = await clockOfDatabase()
        const { nextAttemptAt, state, error } = await stateOf(id)
        assert.deepEqual([state, error], ['ready', `attempt ${n + 1}`])
        const dueMs = nextAttemptAt.getTime() - waitMs
        assert.ok(dueMs >= fromMs && dueMs <= toMs, `${nextAttemptAt.toISOString()} is not ${waitMs} ms after it`)
        await passTime()
      }
      await start().drain()
      assert.equal((await stateOf(id)).state, 'done')
      assert.deepEqual(
        (await db.select().from(drivers)).map((row) => row.id),
        ['DRV-2'],
      )
    })

    it('give up after ten attempts, count it, and go on with the next', async () => {
      const handled: string[] = []
      const { metrics, start, complete, stateOf } = rig({
        risk: async (_tx, event) => {
          if (tripOf(event) === 'TRP-BAD') throw new Error('never')
          handled.push(tripOf(event))
        },
      })
      const bad = await complete('DRV-0001', 'TRP-BAD')
      await complete('DRV-0001', 'TRP-GOOD')
      const consumers = start()
      for (let n = 0; n < 10; n++) {
        await consumers.drain()
        await passTime()
      }
      const { state, attempts } = await stateOf(bad)
      assert.deepEqual([state, attempts, handled], ['dead', 10, ['TRP-GOOD']])
      const counted = await metrics.deliveries.get()
      assert.equal(counted.values.find(({ labels }) => labels.outcome === 'dead')?.value, 1)
    })

    it('keep the order of a subject behind a failure, and let others pass', async () => {
      const handled: string[] = []
      let broken = true
      const { start, complete } = rig({
        risk: async (_tx, event) => {
          if (broken && tripOf(event) === 'TRP-1') throw new Error('not yet')
          handled.push(tripOf(event))
        },
      })
      await complete('DRV-0001', 'TRP-1')
      await complete('DRV-0001', 'TRP-2')
      await complete('DRV-0002', 'TRP-3')
      const consumers = start()
      await consumers.drain()
      assert.deepEqual(handled, ['TRP-3'])
      const { pending } = createLagGauges({ registry: new Registry(), db, log })
      const { values } = await pending.get()
      assert.equal(values.find(({ labels }) => labels.consumer === 'risk')?.value, 2)
      broken = false
      await passTime()
      await consumers.drain()
      assert.deepEqual(handled, ['TRP-3', 'TRP-1', 'TRP-2'])
    })

    it('go by one clock, whatever that of who recorded an event says', async () => {
      const handled: string[] = []
      const { start, complete, stateOf } = rig({ risk: async (_tx, event) => void handled.push(tripOf(event)) })
      const ahead = await complete('DRV-0001', 'TRP-AHEAD', { at: new Date(Date.now() + hourMs) })
      await complete('DRV-0001', 'TRP-1')
      const recordedAt = sql`now() - interval '2 minutes'`
      await db.update(domainEvents).set({ recordedAt }).where(eq(domainEvents.id, ahead))
      const { lag } = createLagGauges({ registry: new Registry(), db, log })
      const waits = (await lag.get()).values.find(({ labels }) => labels.consumer === 'risk')?.value ?? 0
      assert.ok(waits >= 120 && waits < 180, `it waits for ${waits} s`)
      await start().drain()
      assert.deepEqual(handled, ['TRP-AHEAD', 'TRP-1'])
      assert.equal((await stateOf(ahead)).state, 'done')
    })

    it('start, are woken by a commit, and stop after what they are at; stop may be called twice', async () => {
      const seen = Promise.withResolvers<string>()
      const { start, complete } = rig({ risk: async (_tx, event) => seen.resolve(tripOf(event)) })
      const consumers = start()
      consumers.start()
      await complete('DRV-0001', 'TRP-1')
      consumers.wake()
      assert.equal(await seen.promise, 'TRP-1')
      await consumers.stop()
      await consumers.stop()
    })

    it('that wait ask the database once for all of them, and begin no transaction', async () => {
      const asked = { looks: 0, transactions: 0 }
      const counting: typeof db = Object.create(db, {
        execute: { value: (query: SQL) => ++asked.looks && db.execute(query) },
        transaction: {
          value: (work: Parameters<typeof db.transaction>[0]) => ++asked.transactions && db.transaction(work),
        },
      })
      const seen = Promise.withResolvers<string>()
      const handlers = {
        risk: async (_tx, event) => seen.resolve(tripOf(event)),
        live: async () => {},
      } as const satisfies Record<string, Handler>
      const consumers = createConsumers({ db: counting, handlers, lanes: { risk: 3 }, metrics: createMetrics(), log })
      consumers.start()
      const firstLooks = 4 // of each lane, for what is there at the start
      for (let looks = 1; looks <= 5; looks++) {
        consumers.wake()
        await until('the next look', async () => asked.looks >= looks && asked.transactions >= firstLooks)
      }
      assert.equal(asked.transactions, firstLooks)
      await rig(handlers).complete('DRV-0001', 'TRP-1')
      consumers.wake()
      assert.equal(await seen.promise, 'TRP-1')
      await consumers.stop()
    })
  })
}
