import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { DeadDelivery, DeliveredEvent } from '@fairmile/contract/http/deliveries.ts'
import { NotificationPage } from '@fairmile/contract/http/notifications.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import { eq } from 'drizzle-orm'
import { contestRulingRows, contests } from '../src/db/schema/contests.ts'
import { domainDeliveries, domainEvents } from '../src/db/schema/outbox.ts'
import { premiums, receipts } from '../src/db/schema/pricing.ts'
import { drivingEvents } from '../src/db/schema/trips.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { recordDomainEvent } from '../src/events/outbox.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { createNotificationConsumer } from '../src/notify/notification-consumer.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice, laneOf } from './devices.ts'
import { engines } from './engines.ts'
import { startIngest } from './ingest-rig.ts'

const alertAt = Date.UTC(2026, 5, 1, 12)
const alert = {
  eventId: 'EVT-000000000001',
  tripId: 'TRP-000000000001',
  kind: 'harsh_braking' as const,
  band: 'count' as const,
  at: alertAt,
  value: 5.25,
  speedMps: 17.5,
  lat: 49.01,
  lon: 12.1,
}

for (const engine of engines()) {
  describe(`notifications and domain events on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const device = await addDevice(db)
    const { driverId, policyId } = device
    const { app, sessions } = createTestApp(db)
    const driver = await addUser(db, 'driver@example.org', driverId)
    const call = caller(app, (await sessions.issue(driver)).token)
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    const consumers = createConsumers({
      db,
      handlers: { notification: createNotificationConsumer() },
      metrics: createMetrics(),
      log: createLog({ level: 'silent' }),
    })
    const base = `/api/v1/drivers/${driverId}`
    const list = async () => NotificationPage.parse((await call('GET', `${base}/notifications`)).body)
    const eventsOf = async (query: string) =>
      ((await admin('GET', `/api/v1/admin/domain-events?${query}`)).body as Page<DeliveredEvent>).items

    it('tell the driver of an alert once, under the correlation of the batch that brought it', async () => {
      const { ingest } = startIngest(database)
      const batch = laneOf(device, 'urgent').seal([{ type: 'alert', alert }])
      await ingest.take(batch.message)
      await ingest.stop()
      await consumers.drain()
      const { items, unread } = await list()
      assert.equal(unread, 1)
      assert.partialDeepStrictEqual(items, [{ kind: 'safety_alert', data: alert, readAt: null }])
      const [found = assert.fail()] = await eventsOf(`correlationId=${Buffer.from(batch.hash).toString('hex')}`)
      assert.partialDeepStrictEqual(found.event, { type: 'fairmile.SafetyAlert.v1', subject: driverId })
      assert.equal(found.deliveries.find(({ consumer }) => consumer === 'notification')?.state, 'done')
    })

    it('answer a filter that is none with what is wrong with it', async () => {
      for (const query of ['subject=%00', 'correlationId=%00', 'subject=a%0Ab'])
        assert.equal((await admin('GET', `/api/v1/admin/domain-events?${query}`)).status, 422, query)
      for (const at of ['9999-12-31T23:59:59Z', '0001-01-01T00:00:00Z', '1999-12-31T23:59:59Z'])
        assert.equal((await admin('GET', `/api/v1/fleet/hour?at=${at}`)).status, 422, at)
      for (const at of ['2000-01-01T00:00:00Z', '2099-12-31T23:59:59Z'])
        assert.equal((await admin('GET', `/api/v1/fleet/hour?at=${at}`)).status, 200, at)
    })

    it('tell of a first premium and of a price that is another, not of one that is the same', async () => {
      const common = { policyId, driverId, planId: 'fairmile-1', currency: 'EUR', termDays: 365 }
      const shares = { beforeDiscountMinor: 1, discountPpm: 0, maxDiscountPpm: 0, cleanSharePpm: 0, credibilityPpm: 0 }
      for (const [n, premiumMinor] of [48_000, 48_000, 42_000].entries()) {
        const version = n + 1
        const receiptId = `RCP-000000000000000${version}`
        const calculatedAt = new Date(alertAt + version)
        await db
          .insert(receipts)
          .values({ id: receiptId, policyId, driverId, issuedAt: calculatedAt, stem: '{}', hash: receiptId })
        await db.insert(premiums).values({
          ...{ ...common, ...shares, version, receiptId, calculatedAt, premiumMinor, monthMinor: premiumMinor / 12 },
          ...{ eventId: 1000 + version, relativityPpm: 1_000_000, exposureKm: 1 },
        })
        const data = { driverId, policyId, version, receiptId, premiumMinor, currency: 'EUR', discountPpm: 0 }
        await recordDomainEvent(db, { type: 'PremiumUpdated', subject: driverId, data })
      }
      await consumers.drain()
      const { items } = await list()
      assert.deepEqual(
        items.flatMap(({ kind, data }) => (kind === 'premium_updated' ? [[data.beforeMinor, data.premiumMinor]] : [])),
        [
          [48_000, 42_000],
          [null, 48_000],
        ],
      )
    })

    it('are marked as read up to one', async () => {
      const { items } = await list()
      const upTo = items[1]?.id
      assert.deepEqual((await call('POST', `${base}/notifications/read`, { upTo })).body, { read: 2, unread: 1 })
      assert.deepEqual((await call('POST', `${base}/notifications/read`, { upTo })).body, { read: 0, unread: 1 })
      assert.deepEqual(
        (await list()).items.map(({ readAt }) => readAt === null),
        [true, false, false],
      )
    })

    it('say which fields of a driver changed, and not what they are', async () => {
      const changed = async () =>
        (await db.select().from(domainEvents).where(eq(domainEvents.type, 'DriverUpdated'))).map(({ data }) => data)
      assert.equal((await call('PATCH', base, { name: 'Another Name' })).status, 200)
      assert.equal((await call('PATCH', base, { name: 'Another Name' })).status, 200)
      assert.equal((await call('PATCH', base, { email: 'new@example.org' })).status, 403)
      assert.equal((await admin('PATCH', base, { email: 'admin@example.org' })).status, 409)
      const { body } = await admin('PATCH', base, { email: 'New@example.org' })
      assert.partialDeepStrictEqual(body, { name: 'Another Name', email: 'new@example.org' })
      assert.deepEqual(await changed(), [
        { driverId, changed: ['name'] },
        { driverId, changed: ['email'] },
      ])
    })

    it('list dead deliveries and try them again', async () => {
      const before = (await list()).items.length
      await db
        .update(domainDeliveries)
        .set({ state: 'dead', attempts: 10, error: 'was broken' })
        .where(eq(domainDeliveries.consumer, 'notification'))
      const dead = (await admin('GET', '/api/v1/admin/deliveries/dead?limit=3')).body as Page<DeadDelivery>
      const next = (await admin('GET', `/api/v1/admin/deliveries/dead?cursor=${dead.nextCursor}`))
        .body as Page<DeadDelivery>
      const all = [...dead.items, ...next.items]
      assert.equal(new Set(all.map(({ event }) => event.id)).size, 4)
      assert.partialDeepStrictEqual(all[0], { consumer: 'notification', state: 'dead', error: 'was broken' })
      const one = { consumer: 'notification', eventIds: [all[3]?.event.id] }
      assert.deepEqual((await admin('POST', '/api/v1/admin/deliveries/replay', one)).body, { replayed: 1 })
      assert.deepEqual((await admin('POST', '/api/v1/admin/deliveries/replay', { consumer: 'notification' })).body, {
        replayed: 3,
      })
      await consumers.drain()
      assert.equal((await list()).items.length, before)
      const states = await db.select().from(domainDeliveries).where(eq(domainDeliveries.consumer, 'notification'))
      assert.deepEqual([...new Set(states.map(({ state }) => state))], ['done'])
    })

    it('tell of a ruling which event it was about, and what that had done to the premium', async () => {
      const startAt = new Date(alertAt)
      await db.insert(drivingEvents).values({
        ...{ id: 'EVT-000000000009', tripId: 'TRP-000000000009', deviceId: device.id, bootId: 1 },
        ...{ kind: 'harsh_braking', band: 'count', grade: 'A', peak: 5, startAt, endAt: startAt },
      })
      await db.insert(contests).values({
        ...{ id: 'CON-000000000009', eventId: 'EVT-000000000009', tripId: 'TRP-000000000009', driverId, policyId },
        ...{ reason: 'emergency', words: 'A child ran onto the road.', state: 'upheld', openedBy: driver.id },
        ...{ openedAt: startAt, ruleBy: startAt, settledAt: startAt, onBehalf: false, wasAssigned: true },
      })
      const word = { contestId: 'CON-000000000009', by: 'admin', grounds: 'The trace shows it.', at: startAt } as const
      await db.insert(contestRulingRows).values([
        { ...word, number: 1, ruling: 'rejected', settles: false, effectMinor: 99, currency: 'EUR' },
        { ...word, number: 2, ruling: 'upheld', settles: true, effectMinor: 52, currency: 'EUR' },
      ])
      const about = { contestId: word.contestId, eventId: 'EVT-000000000009', tripId: 'TRP-000000000009', driverId }
      const before = (await list()).items.length
      for (const contestId of [word.contestId, 'CON-000000000008'])
        await recordDomainEvent(db, {
          type: 'ContestRuled',
          subject: driverId,
          data: { ...about, contestId, ruling: 'upheld', by: 'admin' },
        })
      await consumers.drain()
      const told = (await list()).items.slice(0, -before).toReversed()
      const event = { kind: 'harsh_braking', band: 'count', startAt: startAt.toISOString() }
      assert.partialDeepStrictEqual(told, [
        { kind: 'contest_ruled', data: { event, effect: { premiumMinor: 52, currency: 'EUR' } } },
        { kind: 'contest_ruled', data: { event, effect: null } },
      ])
    })
  })
}
