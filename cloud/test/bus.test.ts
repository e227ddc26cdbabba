import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DomainEvent, StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { eq } from 'drizzle-orm'
import { webhooks } from '../src/db/schema/notification-deliveries.ts'
import { domainDeliveries, domainRelay } from '../src/db/schema/outbox.ts'
import { takeIn } from '../src/events/bus/inbox.ts'
import { createRelay } from '../src/events/bus/relay.ts'
import { chooseRoad } from '../src/events/bus/road.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { recordDomainEvents } from '../src/events/outbox.ts'
import { subscriptions } from '../src/events/subscriptions.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { engines } from './engines.ts'

const log = createLog({ level: 'silent' })
const completed = (subject: string, tripId: string): DomainEvent => {
  const data = { tripId, deviceId: 'DEV-1', driverId: subject, policyId: 'POL-1', startAt: 0, endAt: 1 }
  return { type: 'TripCompleted', subject, data }
}

const scored = (driverId: string): DomainEvent => {
  const data = { driverId, version: 1, tripId: 'TRP-1', policyId: 'POL-1', risk: 1, intervalHalfWidth: 1 }
  return { type: 'RiskScoreCalculated', subject: driverId, data }
}

for (const engine of engines()) {
  describe(`the road of events on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const handled: number[] = []
    const consumers = createConsumers({
      ...{ db, log, metrics: createMetrics() },
      handlers: { risk: async (_tx, { id }) => void handled.push(id) },
    })
    const deliveries = subscriptions.TripCompleted.length
    const hook = { id: 'WHK-1', url: 'https://example.com', secret: 'whsec_AAAA', createdAt: new Date() }
    await db.insert(webhooks).values({ ...hook, eventTypes: ['TripCompleted'], enabled: true })
    const waiting = async () => (await db.select().from(domainRelay)).length
    /** A relay that has sent so many events to a bus that fails at first. */
    async function relayed(count: number, failures: number): Promise<StoredDomainEvent[]> {
      const sent: StoredDomainEvent[] = []
      const { promise: all, resolve } = Promise.withResolvers<void>()
      let left = failures
      const publish = async (events: readonly StoredDomainEvent[]) => {
        if (left-- > 0) throw new Error('the bus is down')
        sent.push(...events)
        if (sent.length >= count) resolve()
      }
      const relay = createRelay({ database, bus: { publish }, log })
      relay.start()
      await all
      await relay.stop()
      await relay.stop()
      return sent
    }

    it('is by the bus once that is chosen, which gets all in order though it fails at first', async () => {
      await chooseRoad(db, 'kafka')
      const ids = await recordDomainEvents(
        db,
        ['TRP-1', 'TRP-2', 'TRP-3'].map((trip) => completed('DRV-1', trip)),
      )
      await consumers.drain()
      assert.deepEqual(handled, [])
      const sent = await relayed(3, 1)
      assert.deepEqual(
        sent.map(({ id }) => id),
        ids,
      )
      assert.equal(await waiting(), 0)
      assert.equal(await takeIn(db, sent.slice(0, 2)), 2 * deliveries)
      await consumers.drain()
      assert.deepEqual(handled, ids.slice(0, 2))
    })

    it('takes in what comes again only once, and what is new among it', async () => {
      const ids = await recordDomainEvents(db, [completed('DRV-1', 'TRP-4')])
      const sent = await relayed(1, 0)
      const all: StoredDomainEvent[] = [...handled, handled.at(-1)! + 1].map((id) => ({ ...sent[0]!, id }))
      assert.equal(await takeIn(db, [...all, ...sent]), 2 * deliveries)
      assert.equal(await takeIn(db, [...all, ...sent]), 0)
      await consumers.drain()
      assert.equal(handled.length, 4)
      assert.equal(handled.at(-1), ids[0])
    })

    it('passes over events of another database', async () => {
      const event = { type: 'DriverCreated', subject: 'DRV-9', data: { driverId: 'DRV-9' } } as const
      const context = { id: 999_999, time: new Date(), correlationId: 'elsewhere', causedBy: null }
      assert.equal(await takeIn(db, [{ ...event, ...context }]), 0)
    })

    it('is straight again once that is chosen, with what the bus had not taken', async () => {
      const [id = 0] = await recordDomainEvents(db, [completed('DRV-2', 'TRP-5')])
      await chooseRoad(db, 'table')
      assert.equal(await waiting(), 0)
      await recordDomainEvents(db, [completed('DRV-2', 'TRP-6')])
      const rows = await db.select().from(domainDeliveries).where(eq(domainDeliveries.subject, 'DRV-2'))
      assert.equal(rows.filter(({ consumer }) => consumer === 'risk').length, 2)
      await consumers.drain()
      assert.deepEqual(handled.slice(-2), [id, id + 1])
    })

    it('is straight again with what the bus had confirmed and nobody took in', async () => {
      await chooseRoad(db, 'kafka')
      const ids = await recordDomainEvents(db, [completed('DRV-3', 'TRP-7'), completed('DRV-3', 'TRP-8')])
      const sent = await relayed(2, 0)
      assert.equal(await takeIn(db, sent.slice(0, 1)), deliveries)
      await chooseRoad(db, 'table')
      await chooseRoad(db, 'table')
      await consumers.drain()
      assert.deepEqual(handled.slice(-2), ids)
      const rows = await db.select().from(domainDeliveries).where(eq(domainDeliveries.subject, 'DRV-3'))
      assert.equal(rows.length, 2 * deliveries)
    })

    for (const way of ['taken in together', 'brought over from the relay', 'confirmed and brought back'] as const)
      it(`takes out of the background what stands before a score of now, ${way}`, async () => {
        await chooseRoad(db, 'kafka')
        const driver = (which: string) => `DRV-${which}, ${way}`
        const [before = 0, alone = 0, last = 0] = [
          ...(await recordDomainEvents(db, [scored(driver('both')), scored(driver('alone'))], { background: true })),
          ...(await recordDomainEvents(db, [scored(driver('both')), scored(driver('first'))])),
        ]
        const [after = 0] = await recordDomainEvents(db, [scored(driver('first'))], { background: true })
        if (way !== 'brought over from the relay') {
          const sent = await relayed(5, 0)
          if (way === 'taken in together') await takeIn(db, sent)
        }
        await chooseRoad(db, 'table')
        const { eventId: id, background, consumer } = domainDeliveries
        const rows = await db.select({ id, background }).from(domainDeliveries).where(eq(consumer, 'pricing'))
        const backgroundOf = new Map(rows.map((row) => [row.id, row.background]))
        const found = [before, last, alone, after].map((one) => backgroundOf.get(one))
        assert.deepEqual(found, [false, false, true, true])
      })
  })
}
