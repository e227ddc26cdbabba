import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { and, eq, inArray } from 'drizzle-orm'
import { domainDeliveries } from '../src/db/schema/outbox.ts'
import { trips } from '../src/db/schema/trips.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { replayDeliveries } from '../src/events/dead-deliveries.ts'
import { handleDelivery } from '../src/events/handle-delivery.ts'
import { recordDomainEvent, recordDomainEvents } from '../src/events/outbox.ts'
import { subscriptions } from '../src/events/subscriptions.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricingConsumer } from '../src/pricing/reprice.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { engines } from './engines.ts'
import { model, riskBatchRig } from './risk-batch-rig.ts'

const plans = loadPlans()
const scored = (driverId: string): DomainEvent => {
  const data = { driverId, version: 1, tripId: 'TRP-1', policyId: 'POL-1', risk: 1, intervalHalfWidth: 1 }
  return { type: 'RiskScoreCalculated', subject: driverId, data }
}

for (const engine of engines()) {
  describe(`trips that end while everybody is scored anew, on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { devices, run, counts } = await riskBatchRig(database)
    const price = createPricingConsumer({ model, plans })
    /** Whose price was made, by which event brought it about, in order. */
    const priced: string[] = []
    const consumers = createConsumers({
      db,
      handlers: {
        risk: createRiskConsumer({ model }),
        pricing: async (tx, event) => {
          await price(tx, event)
          priced.push(`${event.subject} ${event.correlationId.startsWith('JOB-') ? 'anew' : 'trip'}`)
        },
      },
      metrics: createMetrics(),
      log: createLog({ level: 'silent' }),
    })
    const end = async (nth: number): Promise<void> => {
      const { driverId, id: deviceId, policyId } = devices[nth] ?? assert.fail()
      const [trip = assert.fail()] = await db.select().from(trips).where(eq(trips.driverId, driverId)).limit(1)
      const times = { startAt: Number(trip.startAt), endAt: Number(trip.endAt) }
      const data = { tripId: trip.id, deviceId, driverId, policyId, ...times }
      await recordDomainEvent(db, { type: 'TripCompleted', subject: driverId, data })
    }
    const open = and(eq(domainDeliveries.consumer, 'pricing'), inArray(domainDeliveries.state, ['ready', 'queued']))
    const waiting = () =>
      db
        .select({ subject: domainDeliveries.subject, background: domainDeliveries.background })
        .from(domainDeliveries)
        .where(open)
        .orderBy(domainDeliveries.eventId)

    it('are priced before the rescoring is over, their driver’s own price anew before them', async () => {
      assert.partialDeepStrictEqual(counts(await run()), { scored: 4 })
      assert.deepEqual(
        (await waiting()).map(({ background }) => background),
        [true, true, true, true],
      )
      await end(3)
      await consumers.drain()
      assert.deepEqual(priced.slice(0, 2), ['DRV-0004 anew', 'DRV-0004 trip'])
      assert.deepEqual(priced.slice(2), ['DRV-0001 anew', 'DRV-0002 anew', 'DRV-0003 anew'])
      assert.deepEqual(await waiting(), [])
    })

    it('take nobody else out of the background', async () => {
      const anew = ['DRV-0002', 'DRV-0003'].map((driverId) => scored(driverId))
      await recordDomainEvents(db, anew, { background: true })
      await recordDomainEvent(db, scored('DRV-0002'))
      assert.deepEqual(await waiting(), [
        { subject: 'DRV-0002', background: false },
        { subject: 'DRV-0003', background: true },
        { subject: 'DRV-0002', background: false },
      ])
    })

    it('take out of the background what fails while they end', async () => {
      await db.update(domainDeliveries).set({ state: 'done' }).where(open)
      await recordDomainEvents(db, [scored('DRV-0003'), scored('DRV-0004')], { background: true })
      const failed = await handleDelivery(db, {
        name: 'pricing',
        random: () => 0,
        handler: async () => {
          // The embedded database has but one connection: what is recorded there comes after the attempt anyway.
          if (engine.name === 'PostgreSQL') await recordDomainEvent(db, scored('DRV-0003'))
          throw new Error('deadlock detected')
        },
      })
      assert.equal(failed?.result, 'retry')
      if (engine.name === 'PGlite') await recordDomainEvent(db, scored('DRV-0003'))
      assert.deepEqual(await waiting(), [
        { subject: 'DRV-0003', background: false },
        { subject: 'DRV-0004', background: true },
        { subject: 'DRV-0003', background: false },
      ])
    })

    it('take out of the background what is replayed before them, and nothing else that is', async () => {
      await db.update(domainDeliveries).set({ state: 'done' }).where(open)
      const eventIds = await recordDomainEvents(db, [scored('DRV-0003'), scored('DRV-0004')], { background: true })
      await db.update(domainDeliveries).set({ state: 'dead' }).where(open)
      await recordDomainEvents(db, [scored('DRV-0003'), scored('DRV-0003')])
      assert.equal(await replayDeliveries(db, { consumer: 'pricing', eventIds, limit: 10 }), 2)
      assert.deepEqual(await waiting(), [
        { subject: 'DRV-0003', background: false },
        { subject: 'DRV-0004', background: true },
        { subject: 'DRV-0003', background: false },
        { subject: 'DRV-0003', background: false },
      ])
    })

    it('go before nothing but prices: for all other consumers what was scored anew is in its turn', async () => {
      const [anew] = await recordDomainEvents(db, [scored('DRV-0001')], { background: true })
      const rows = await db
        .select({ consumer: domainDeliveries.consumer, background: domainDeliveries.background })
        .from(domainDeliveries)
        .where(eq(domainDeliveries.eventId, anew ?? assert.fail()))
      const known = subscriptions.RiskScoreCalculated.filter((consumer) => consumer !== 'webhook')
      assert.deepEqual(new Set(rows.map(({ consumer }) => consumer)), new Set(known))
      const inBackground = rows.filter(({ background }) => background).map(({ consumer }) => consumer)
      assert.deepEqual(inBackground, ['pricing'])
    })
  })
}
