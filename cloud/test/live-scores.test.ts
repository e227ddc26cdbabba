import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { LiveMessage } from '@fairmile/contract/live.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createLiveConsumer } from '../src/events/live-consumer.ts'
import { recordDomainEvent } from '../src/events/outbox.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { takeInPlans } from '../src/plans/take-in-plans.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { addScore } from './admin-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

for (const engine of engines()) {
  describe(`live scores on ${engine.name}`, async () => {
    const { db } = await engine.open()
    await takeInPlans(db, loadPlans().values())
    const { driverId, policyId } = await addDevice(db)
    const heard: LiveMessage[] = []
    const consumers = createConsumers({
      ...{ db, metrics: createMetrics(), log: createLog({ level: 'silent' }) },
      handlers: { live: createLiveConsumer({ live: { publish: (message) => void heard.push(message) } }) },
    })

    it('have a number once there are as many kilometres as the plan asks for', async () => {
      for (const [n, judgedKm] of [4.9, 5].entries()) {
        const version = n + 1
        await addScore(db, driverId, 40, { version, judgedKm })
        const data = { driverId, version, tripId: `TRP-${version}`, policyId, risk: 40, intervalHalfWidth: 5 }
        await recordDomainEvent(db, { type: 'RiskScoreCalculated', subject: driverId, data })
      }
      await consumers.drain()
      assert.deepEqual(
        heard.map((message) => message.type === 'risk_score_update' && { ...message, at: 0 }),
        [
          { type: 'risk_score_update', driverId, at: 0, risk: null, intervalHalfWidth: null, tripId: 'TRP-1' },
          { type: 'risk_score_update', driverId, at: 0, risk: 40, intervalHalfWidth: 5, tripId: 'TRP-2' },
        ],
      )
    })
  })
}
