import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { NotificationPage } from '@fairmile/contract/http/notifications.ts'
import { eq } from 'drizzle-orm'
import { domainEvents } from '../src/db/schema/outbox.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { createNotificationConsumer } from '../src/notify/notification-consumer.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { policyCalls } from './policy-rig.ts'

const model = (await openDriverModel()) ?? assert.fail('there is no driver model in models/artifacts')
const nowMs = Date.UTC(2026, 6, 20)
const reason = 'the car was sold'

for (const engine of engines()) {
  describe(`what a driver is told of their policies on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const options = { model: async () => model, plans: loadPlans(), now: () => nowMs }
    const { app, sessions } = createTestApp(db, options)
    const [first, second] = [await addDevice(db, 1), await addDevice(db, 2)]
    const callerOf = async (email: string, driverId?: string) =>
      caller(app, (await sessions.issue(await addUser(db, email, driverId))).token)
    const admin = await callerOf('admin@example.org')
    const driver = await callerOf('driver@example.org', first.driverId)
    const { post, done } = policyCalls(admin)
    const handlers = { notification: createNotificationConsumer({ now: () => nowMs }) }
    const consumers = createConsumers({ db, handlers, metrics: createMetrics(), log: createLog({ level: 'silent' }) })
    let seen = 0
    /** What is new, the oldest first. */
    const told = async () => {
      await consumers.drain()
      const { items } = NotificationPage.parse(
        (await driver('GET', `/api/v1/drivers/${first.driverId}/notifications`)).body,
      )
      const changes = items.flatMap(({ kind, data }) => (kind === 'policy_changed' ? [data] : []))
      const fresh = changes.slice(0, changes.length - seen).reverse()
      seen = changes.length
      return fresh
    }
    const car = { policyId: first.policyId, vehicleName: 'Car 1' }
    const next = { policyId: '', planId: 'fairmile-1', endsOn: '2027-12-31', vehicleName: 'Car 1' }

    it('says that it renews, with what follows, and that this is voided, with the reason', async () => {
      next.policyId = (await done(first.policyId, 'renew', {})).id
      assert.deepEqual(await told(), [{ ...car, change: 'renewed', onDay: '2027-01-01', reason: null, next }])
      await done(next.policyId, 'cancel', { on: '2027-01-01', reason })
      assert.deepEqual(await told(), [
        { ...car, policyId: next.policyId, change: 'voided', onDay: '2027-01-01', reason, next: null },
      ])
    })

    it('says what a policy becomes within its term, and that it goes on where that is undone', async () => {
      const other = await done(first.policyId, 'endorse', { on: '2026-09-01', vehicle: { name: 'Van' }, reason })
      const van = { policyId: other.id, planId: 'fairmile-1', endsOn: '2026-12-31', vehicleName: 'Van' }
      assert.deepEqual(await told(), [{ ...car, change: 'endorsed', onDay: '2026-09-01', reason, next: van }])
      await done(other.id, 'cancel', { on: '2026-09-01', reason: 'a mistake' })
      const undone = { onDay: '2026-09-01', reason: 'a mistake', next: null }
      assert.deepEqual(await told(), [
        { policyId: other.id, vehicleName: 'Van', change: 'voided', ...undone },
        { ...car, change: 'restored', ...undone },
      ])
    })

    it('says that it ends on a day to come, of which no money comes back', async () => {
      await done(first.policyId, 'cancel', { on: '2026-10-01', reason })
      assert.deepEqual(await told(), [{ ...car, change: 'cancelled', onDay: '2026-10-01', reason, next: null }])
    })

    it('says nothing of what was refused, nor of the policies of others', async () => {
      assert.equal((await post(first.policyId, 'cancel', { on: '2026-09-01', reason })).status, 409)
      await done(second.policyId, 'cancel', { on: '2026-10-01', reason })
      assert.deepEqual(await told(), [])
    })

    it('says which points a person gave or took, why, and how many there are', async () => {
      const correct = (points: number) =>
        admin('POST', '/api/v1/admin/rewards/corrections', { driverId: first.driverId, points, reason: 'a goodwill' })
      assert.equal((await correct(500)).status, 201)
      assert.equal((await correct(-501)).status, 409)
      assert.equal((await correct(-200)).status, 201)
      await consumers.drain()
      const { items } = NotificationPage.parse(
        (await driver('GET', `/api/v1/drivers/${first.driverId}/notifications`)).body,
      )
      assert.deepEqual(
        items.flatMap(({ kind, data }) => (kind === 'points_corrected' ? [data] : [])),
        [
          { points: -200, balance: 300, reason: 'a goodwill' },
          { points: 500, balance: 500, reason: 'a goodwill' },
        ],
      )
    })

    it('tells other systems of all of it, what is bound too', async () => {
      const events = await db
        .select({ data: domainEvents.data })
        .from(domainEvents)
        .where(eq(domainEvents.type, 'PolicyChanged'))
        .orderBy(domainEvents.id)
      const kinds = events.map(({ data }) => (data as { kind: string }).kind)
      assert.deepEqual(kinds, [
        'renewed',
        'bound',
        'voided',
        'endorsed',
        'bound',
        'voided',
        'restored',
        'cancelled',
        'cancelled',
      ])
    })
  })
}
