/** The bus on a real Kafka: `npm run test:kafka`; it needs Java and Maven, so `npm test` does not run it. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { eventSource } from '@fairmile/contract/domain-events/cloud-event.ts'
import type { DomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka'
import { eq, sql } from 'drizzle-orm'
import { Counter, Registry } from 'prom-client'
import { selectRows } from '../src/db/database.ts'
import type { OpenDatabase } from '../src/db/open.ts'
import { domainDeliveries, domainRelay } from '../src/db/schema/outbox.ts'
import { takeIn } from '../src/events/bus/inbox.ts'
import { createKafkaBus } from '../src/events/bus/kafka.ts'
import { eventIdOf } from '../src/events/bus/kafka-message.ts'
import { createRelay } from '../src/events/bus/relay.ts'
import { chooseRoad } from '../src/events/bus/road.ts'
import { createConsumers, type Handler } from '../src/events/consumers.ts'
import { eventsChannel, recordDomainEvent, recordDomainEvents } from '../src/events/outbox.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { engines } from './engines.ts'
import { type KafkaServer, startKafka } from './kafka-server.ts'

const log = createLog({ level: process.env.FAIRMILE_TEST_LOG ?? 'silent' })
const subjects = 10
const completed = (subject: string, tripId: string): DomainEvent => {
  const data = { tripId, deviceId: 'DEV-1', driverId: subject, policyId: 'POL-1', startAt: 0, endAt: 1 }
  return { type: 'TripCompleted', subject, data }
}

let kafka: KafkaServer
before(async () => {
  kafka = await startKafka()
})
after(() => kafka.remove())

for (const engine of engines()) {
  describe(`the bus by Kafka on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const topic = `test-${engine.name}`
    const unreadable = new Counter({ name: 'unreadable', help: '-', registers: [new Registry()] })
    const newBus = () => createKafkaBus({ brokers: [kafka.brokers], topic, group: topic, unreadable, log })
    const handled: { subject: string; id: number }[] = []
    let until: { count: number; resolve: () => void } | null = null
    const risk: Handler = async (_tx, { subject, id }) => {
      handled.push({ subject, id })
      if (until && handled.length >= until.count) until.resolve()
    }
    const handledUpTo = (count: number) =>
      new Promise<void>((resolve) => {
        until = { count, resolve }
        if (handled.length >= count) resolve()
      })
    /** A worker: relay, inbox and consumers. */
    function startWorker(of: OpenDatabase) {
      const bus = newBus()
      const relay = createRelay({ database: of, bus, log })
      const listen = (wake: () => void) => of.listen(eventsChannel, wake)
      const consumers = createConsumers({ db, handlers: { risk }, metrics: createMetrics(), log, listen })
      bus.subscribe(async (events) => void (await takeIn(db, events)))
      relay.start()
      consumers.start()
      return async () => {
        await relay.stop()
        await bus.close()
        await consumers.stop()
      }
    }
    const record = async (n: number) => {
      for (let subject = 0; subject < subjects; subject++)
        await recordDomainEvents(db, [
          completed(`DRV-${subject}`, `TRP-${n}`),
          completed(`DRV-${subject}`, `TRP-${n + 1}`),
        ])
    }
    function inOrder() {
      for (let n = 0; n < subjects; n++) {
        const ids = handled.filter(({ subject }) => subject === `DRV-${n}`).map(({ id }) => id)
        assert.deepEqual(
          ids,
          ids.toSorted((a, b) => a - b),
          `order of DRV-${n}`,
        )
        assert.equal(new Set(ids).size, ids.length, `DRV-${n} twice`)
      }
    }

    it('is not taken until it is chosen', async () => {
      await recordDomainEvent(db, completed('DRV-T', 'TRP-0'))
      assert.equal((await db.select().from(domainRelay)).length, 0)
      await chooseRoad(db, 'kafka')
      await recordDomainEvent(db, completed('DRV-T', 'TRP-1'))
      assert.equal((await db.select().from(domainRelay)).length, 1)
      assert.equal((await db.select().from(domainDeliveries).where(eq(domainDeliveries.consumer, 'risk'))).length, 1)
      await chooseRoad(db, 'table')
      assert.equal((await db.select().from(domainRelay)).length, 0)
      assert.equal((await db.select().from(domainDeliveries).where(eq(domainDeliveries.consumer, 'risk'))).length, 2)
      await db.execute(sql`UPDATE domain_deliveries SET state = 'done'`)
    })

    it('brings every event once and in order by driver, through two workers and a broker that is killed', async () => {
      await chooseRoad(db, 'kafka')
      const stops = [startWorker(database), startWorker(database)]
      await record(1)
      await handledUpTo(2 * subjects)
      await kafka.kill()
      await record(3)
      await kafka.start()
      await record(5)
      await handledUpTo(6 * subjects)
      assert.equal(handled.length, 6 * subjects)
      inOrder()
      for (const stop of stops) await stop()
      assert.equal((await db.select().from(domainRelay)).length, 0)
    })

    it('passes over what comes twice and what is none of ours, and takes in what a newer release says', async () => {
      const reader = new Consumer({
        clientId: 'reader',
        groupId: `reader-${topic}`,
        bootstrapBrokers: [kafka.brokers],
        deserializers: stringDeserializers,
      })
      const stream = await reader.consume({ topics: [topic], mode: 'earliest', autocommit: true })
      const events = []
      for await (const { headers } of stream) {
        events.push({ id: eventIdOf(Object.fromEntries(headers)) })
        if (new Set(events.map(({ id }) => id)).size === 6 * subjects) break
      }
      await reader.close(true)
      assert.equal(await takeIn(db, events), 0)
      assert.equal(
        await takeIn(
          db,
          events.slice(0, 1).map((event) => ({ ...event, id: 999_999_999 })),
        ),
        0,
      )
      const producer = new Producer({
        clientId: 'stranger',
        bootstrapBrokers: [kafka.brokers],
        serializers: stringSerializers,
      })
      const id = await recordDomainEvent(db, completed('DRV-0', 'TRP-8'))
      await db.delete(domainRelay)
      const newer = { ce_source: eventSource, ce_id: String(id), ce_type: 'fairmile.TripCompleted.v9' }
      await producer.send({
        messages: [
          { topic, key: 'DRV-0', value: 'gossip', headers: {} },
          { topic, key: 'DRV-0', value: '{"in":"other words"}', headers: newer },
        ],
      })
      await producer.close()
      const before = handled.length
      const stop = startWorker(database)
      await recordDomainEvent(db, completed('DRV-0', 'TRP-9'))
      await handledUpTo(before + 2)
      await stop()
      assert.equal(handled.length, before + 2)
      assert.ok(handled.some((event) => event.id === id))
      assert.equal((await unreadable.get()).values[0]?.value, 1)
      const [open] = await selectRows<{ n: number }>(
        db,
        sql`SELECT count(*)::int AS n FROM domain_deliveries WHERE consumer = 'risk' AND state <> 'done'`,
      )
      assert.equal(open?.n, 0)
    })
  })
}
