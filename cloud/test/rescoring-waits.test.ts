import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { and, eq, inArray } from 'drizzle-orm'
import { domainDeliveries } from '../src/db/schema/outbox.ts'
import { trips } from '../src/db/schema/trips.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { recordDomainEvent } from '../src/events/outbox.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricingConsumer } from '../src/pricing/reprice.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { engines } from './engines.ts'
import { model, riskBatchRig } from './risk-batch-rig.ts'

const plans = loadPlans()

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
    const waiting = () =>
      db
        .select({ subject: domainDeliveries.subject, background: domainDeliveries.background })
        .from(domainDeliveries)
        .where(and(eq(domainDeliveries.consumer, 'pricing'), inArray(domainDeliveries.state, ['ready', 'queued'])))
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
      const [second = assert.fail()] = devices.slice(1)
      const background = { background: true }
      const data = { driverId: second.driverId }
      await recordDomainEvent(db, { type: 'DriverCreated', subject: second.driverId, data }, background)
      await recordDomainEvent(
        db,
        { type: 'DriverCreated', subject: 'DRV-0003', data: { driverId: 'DRV-0003' } },
        background,
      )
      await end(1)
      const rows = await db
        .select({ subject: domainDeliveries.subject, background: domainDeliveries.background })
        .from(domainDeliveries)
        .where(and(eq(domainDeliveries.consumer, 'webhook'), inArray(domainDeliveries.state, ['ready', 'queued'])))
        .orderBy(domainDeliveries.eventId)
      const newest = rows.slice(-3)
      assert.deepEqual(newest, [
        { subject: 'DRV-0002', background: false },
        { subject: 'DRV-0003', background: true },
        { subject: 'DRV-0002', background: false },
      ])
    })
  })
}
