import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { and, asc, eq, sql } from 'drizzle-orm'
import { selectRows } from '../src/db/database.ts'
import { domainDeliveries, domainEvents } from '../src/db/schema/outbox.ts'
import { createConsumers, type Handler } from '../src/events/consumers.ts'
import { replayDeliveries } from '../src/events/dead-deliveries.ts'
import { recordDomainEvent, recordDomainEvents } from '../src/events/outbox.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { engines } from './engines.ts'

const log = createLog({ level: 'silent' })
const subjects = 12
const eventsEach = 8

const completed = (subject: string, tripId: string): DomainEvent => {
  const data = { tripId, deviceId: 'DEV-1', driverId: subject, policyId: 'POL-1', startAt: 0, endAt: 1 }
  return { type: 'TripCompleted', subject, data }
}

for (const engine of engines()) {
  describe(`order of deliveries on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const states = (subject: string) =>
      db
        .select({ eventId: domainDeliveries.eventId, state: domainDeliveries.state })
        .from(domainDeliveries)
        .where(and(eq(domainDeliveries.subject, subject), eq(domainDeliveries.consumer, 'risk')))
        .orderBy(asc(domainDeliveries.eventId))
    const workers = (count: number, handlers: { risk: Handler }) =>
      Array.from({ length: count }, () =>
        createConsumers({ db, handlers, metrics: createMetrics(), log, random: () => 0 }),
      )

    it('is kept by driver, one at a time, by several workers, writers and failing handlers at once', async () => {
      const names = Array.from({ length: subjects }, (_, n) => `DRV-${n}`)
      const handled = new Map<string, number[]>(names.map((name) => [name, []]))
      const busy = new Set<string>()
      const failed = new Set<number>()
      const atOnce: string[] = []
      const risk: Handler = async (tx, { subject, id }) => {
        if (busy.has(subject)) atOnce.push(subject)
        busy.add(subject)
        try {
          await tx.execute(sql`SELECT count(*) FROM domain_events`)
          if (id % 5 === 0 && !failed.has(id)) {
            failed.add(id)
            throw new Error('the first time fails')
          }
          handled.get(subject)?.push(id)
        } finally {
          busy.delete(subject)
        }
      }
      const writers = names.map(async (name, n) => {
        for (let trip = 0; trip < eventsEach; trip += 2)
          await recordDomainEvents(db, [completed(name, `TRP-${n}-${trip}`), completed(name, `TRP-${n}-${trip + 1}`)])
      })
      const sets = workers(4, { risk })
      await Promise.all([...writers, ...sets.map((set) => set.drain())])
      await Promise.all(sets.map((set) => set.drain()))
      assert.deepEqual(atOnce, [])
      assert.ok(failed.size > 0)
      for (const [subject, ids] of handled) {
        assert.equal(ids.length, eventsEach, subject)
        assert.deepEqual(
          ids,
          ids.toSorted((a, b) => a - b),
        )
      }
    })

    // The embedded database has but one process.
    const severalProcesses = engine.name === 'PostgreSQL' ? it : null
    severalProcesses?.('is kept by driver where one process handles several at once', async () => {
      const names = Array.from({ length: 6 }, (_, n) => `DRV-LANE-${n}`)
      const all = Promise.withResolvers<void>()
      const together = Promise.withResolvers<void>()
      const busy = new Set<string>()
      const handled: string[] = []
      const risk: Handler = async (_tx, { subject, id }) => {
        assert.ok(!busy.has(subject), `${subject} twice at once`)
        busy.add(subject)
        if (busy.size === 4) together.resolve()
        await together.promise
        busy.delete(subject)
        handled.push(`${subject} ${id}`)
        if (handled.length === names.length * 2) all.resolve()
      }
      for (const name of names) await recordDomainEvents(db, [completed(name, 'TRP-1'), completed(name, 'TRP-2')])
      const consumers = createConsumers({
        ...{ db, handlers: { risk }, lanes: { risk: 4 }, metrics: createMetrics(), log },
      })
      consumers.start()
      await all.promise
      await consumers.stop()
      for (const name of names) {
        const ids = handled.filter((one) => one.startsWith(`${name} `)).map((one) => Number(one.split(' ')[1]))
        assert.equal(ids.length, 2)
        assert.deepEqual(
          ids,
          ids.toSorted((a, b) => a - b),
          name,
        )
      }
    })

    severalProcesses?.('is given back by a process that stopped in its tracks while it recorded', async () => {
      const recorded = Promise.withResolvers<void>()
      const done = Promise.withResolvers<void>()
      const stopped = db.transaction(async (tx) => {
        await recordDomainEvent(tx, completed('DRV-stopped', 'TRP-of-the-stopped'))
        recorded.resolve()
        await done.promise
      })
      await recorded.promise
      const ended = assert.rejects(stopped) // it may be ended before the other one has gone on
      await recordDomainEvent(db, completed('DRV-stopped', 'TRP-of-another'))
      done.resolve()
      await ended
      assert.equal((await states('DRV-stopped')).length, 1)
    })

    it('has one delivery of a subject ready, the others behind it', async () => {
      await recordDomainEvents(db, [completed('DRV-A', 'TRP-1'), completed('DRV-A', 'TRP-2')])
      await recordDomainEvent(db, completed('DRV-A', 'TRP-3'))
      assert.deepEqual(
        (await states('DRV-A')).map(({ state }) => state),
        ['ready', 'queued', 'queued'],
      )
      await workers(1, { risk: async () => {} })[0]?.drain()
      assert.deepEqual(
        (await states('DRV-A')).map(({ state }) => state),
        ['done', 'done', 'done'],
      )
    })

    it('waits for who numbered an event of the subject before, until that is committed or undone', async () => {
      const { promise: numbered, resolve: tellNumbered } = Promise.withResolvers<void>()
      const first = db.transaction(async (tx) => {
        const id = await recordDomainEvent(tx, completed('DRV-B', 'TRP-1'))
        tellNumbered()
        await tx.execute(sql`SELECT count(*) FROM domain_events`)
        return id
      })
      await numbered
      const second = recordDomainEvent(db, completed('DRV-B', 'TRP-2'))
      const [one, two] = await Promise.all([first, second])
      assert.ok(one < two)
      assert.deepEqual(await states('DRV-B'), [
        { eventId: one, state: 'ready' },
        { eventId: two, state: 'queued' },
      ])
    })

    it('puts a replayed delivery in front of what is queued, behind what is under way', async () => {
      const [one = 0, two = 0, three = 0] = await recordDomainEvents(
        db,
        ['TRP-1', 'TRP-2', 'TRP-3'].map((trip) => completed('DRV-C', trip)),
      )
      const set = { state: 'dead' as const }
      await db.update(domainDeliveries).set(set).where(eq(domainDeliveries.eventId, one))
      await db
        .update(domainDeliveries)
        .set({ state: 'ready' })
        .where(and(eq(domainDeliveries.eventId, two), eq(domainDeliveries.consumer, 'risk')))
      assert.equal(await replayDeliveries(db, { consumer: 'risk', eventIds: [one], limit: 10 }), 1)
      assert.deepEqual(
        (await states('DRV-C')).map(({ state }) => state),
        ['queued', 'ready', 'queued'],
      )
      const order: number[] = []
      const keep: Handler = async (_tx, { subject, id }) => void (subject === 'DRV-C' && order.push(id))
      await workers(1, { risk: keep })[0]?.drain()
      assert.deepEqual(order, [two, one, three])
    })

    it('carries the correlation from a batch to what it brought about', async () => {
      const cause = await recordDomainEvent(db, completed('DRV-D', 'TRP-1'), { correlationId: 'a-batch' })
      const risk: Handler = async (tx, event) => {
        if (event.subject !== 'DRV-D') return
        await recordDomainEvent(
          tx,
          { type: 'DriverCreated', subject: 'DRV-D', data: { driverId: 'DRV-D' } },
          { cause: event },
        )
      }
      await workers(1, { risk })[0]?.drain()
      const [brought] = await db.select().from(domainEvents).where(eq(domainEvents.causedBy, cause))
      assert.equal(brought?.correlationId, 'a-batch')
    })

    it('reads the front of an index, with whatever is queued behind a failure', async () => {
      const plan = await selectRows<{ 'QUERY PLAN': string }>(
        db,
        sql`EXPLAIN SELECT 1 FROM domain_deliveries d WHERE d.consumer = 'risk' AND d.state = 'ready'
            AND d.background = false AND d.next_attempt_at <= statement_timestamp() ORDER BY d.next_attempt_at, d.event_id LIMIT 1 FOR UPDATE OF d SKIP LOCKED`,
      )
      assert.match(plan.map((row) => row['QUERY PLAN']).join('\n'), /Index Scan using domain_deliveries_due_idx/)
    })
  })
}
