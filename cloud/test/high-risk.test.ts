import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { eq } from 'drizzle-orm'
import { notifications } from '../src/db/schema/notifications.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { recordDomainEvent } from '../src/events/outbox.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import type { HighRisk } from '../src/notify/high-risk.ts'
import { createNotificationConsumer } from '../src/notify/notification-consumer.ts'
import { takeInPlans } from '../src/plans/take-in-plans.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { addScore } from './admin-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

for (const engine of engines()) {
  describe(`a high risk on ${engine.name}`, async () => {
    const { db } = await engine.open()
    await takeInPlans(db, loadPlans().values())
    let drivers = 0

    /** Of which of a new driver's scores they are told; those of too few kilometres or of another period are marked. */
    async function toldOf(
      risks: readonly (number | { risk: number; judgedKm?: number; periodDays?: number })[],
      highRisk?: HighRisk,
    ) {
      const { driverId, policyId } = await addDevice(db, ++drivers)
      const consumers = createConsumers({
        ...{ db, metrics: createMetrics(), log: createLog({ level: 'silent' }) },
        handlers: { notification: createNotificationConsumer({ ...(highRisk && { highRisk }) }) },
      })
      for (const [n, given] of risks.entries()) {
        const { risk, ...of } = typeof given === 'number' ? { risk: given } : given
        const version = n + 1
        await addScore(db, driverId, risk, { version, ...of })
        const data = { driverId, version, tripId: 'TRP-1', policyId, risk, intervalHalfWidth: 1 }
        await recordDomainEvent(db, { type: 'RiskScoreCalculated', subject: driverId, data })
        await consumers.drain()
      }
      const rows = await db.select().from(notifications).where(eq(notifications.driverId, driverId))
      return rows.map(({ data }) => data)
    }

    it('is told when it goes past the limit, and again only after it was calm', async () => {
      assert.deepEqual(await toldOf([20, 75, 80, 65, 72, 59, 69, 70, 90]), [
        { risk: 75, limit: 70, isFirst: false },
        { risk: 70, limit: 70, isFirst: false },
      ])
    })

    it('is told from the limit on that was set', async () => {
      const set = { limit: 90, calm: 80.5 }
      assert.deepEqual(await toldOf([75, 89.9, 90, 81, 95, 80.4, 91], set), [
        { risk: 90, limit: 90, isFirst: false },
        { risk: 91, limit: 90, isFirst: false },
      ])
    })

    it('is not told of fewer kilometres than the plan asks for, which make nobody calm either', async () => {
      const few = (risk: number) => ({ risk, judgedKm: 4.9 })
      assert.deepEqual(await toldOf([few(95), { risk: 75, judgedKm: 5 }, few(10), 80]), [
        { risk: 75, limit: 70, isFirst: true },
      ])
    })

    it('is not told of another period, which makes nobody calm either', async () => {
      const other = (risk: number) => ({ risk, periodDays: 90 })
      assert.deepEqual(await toldOf([other(95), 75, other(10), 80]), [{ risk: 75, limit: 70, isFirst: true }])
    })
  })
}
