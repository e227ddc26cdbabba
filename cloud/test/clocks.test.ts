import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sql } from 'drizzle-orm'
import { createLinkTokens } from '../src/auth/link-tokens.ts'
import { sendPasswordLink } from '../src/auth/password-links.ts'
import { idempotencyKeys } from '../src/db/schema/idempotency.ts'
import { notificationDeliveries } from '../src/db/schema/notification-deliveries.ts'
import { tripTouches } from '../src/db/schema/trip-records.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { recordDomainEvent } from '../src/events/outbox.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { createNotificationConsumer } from '../src/notify/notification-consumer.ts'
import { readPreferences, writePreferences } from '../src/notify/preferences.ts'
import { createWebhookConsumer } from '../src/notify/webhooks/webhook-consumer.ts'
import { createWebhook } from '../src/notify/webhooks/webhooks.ts'
import { touchTrip, touchTrips } from '../src/trips/touch-trips.ts'
import { addUser, createTestApp, password } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

const hourMs = 3_600_000

for (const engine of engines()) {
  describe(`a process whose clock is ahead on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const realNow = Date.now
    const ahead = () => realNow() + 2 * hourMs

    it('records messages that others may send at once', async () => {
      const { driverId } = await addDevice(db, 9)
      const user = await addUser(db, 'driver@example.org', driverId)
      await writePreferences(db, driverId, { ...(await readPreferences(db, driverId)), quietHours: null })
      await createWebhook(db, { url: 'https://example.org/hook', eventTypes: ['DriverCreated'] })
      const consumers = createConsumers({
        ...{ db, metrics: createMetrics(), log: createLog({ level: 'silent' }) },
        handlers: {
          notification: createNotificationConsumer({ channels: new Set(['email']), now: ahead }),
          webhook: createWebhookConsumer({ now: ahead }),
        },
      })
      await recordDomainEvent(db, { type: 'DriverCreated', subject: driverId, data: { driverId } })
      await consumers.drain()
      const tokens = createLinkTokens(new Uint8Array(32))
      const link = { id: user.id, passwordHash: null }
      await db.transaction((tx) => sendPasswordLink(tx, link, { tokens, nowMs: ahead() }))
      const due = await db
        .select({ channel: notificationDeliveries.channel })
        .from(notificationDeliveries)
        .where(sql`${notificationDeliveries.nextAttemptAt} <= statement_timestamp()`)
      assert.deepEqual(due.map(({ channel }) => channel).toSorted(), ['email', 'email', 'webhook'])
    })

    it('notes what it stored of a car so that others look at it in time', async () => {
      const range = { deviceId: 'DEV-0001', boot: 1, firstSeq: 1, lastSeq: 60 }
      const [fromMs, toMs] = [ahead() - 60_000, ahead()]
      await touchTrips(db, [{ ...range, fromMs, toMs }], { nowMs: ahead() })
      await touchTrips(db, [{ ...range, fromMs: fromMs - hourMs, toMs: toMs - hourMs }], { nowMs: ahead() })
      await touchTrip(db, range, { nowMs: ahead() })
      const soon = sql<boolean>`${tripTouches.dueAt} <= now() + interval '1 hour'`
      assert.deepEqual(
        (await db.select({ soon }).from(tripTouches)).map((touch) => touch.soon),
        [true, true, true],
      )
    })

    // The embedded database has one process, whose clock is its own.
    const severalProcesses = engine.name === 'PostgreSQL' ? it : it.skip
    severalProcesses('takes no request for lost that another has under way', async (t) => {
      const { sessions, app: other } = createTestApp(db)
      const { token } = await sessions.issue(await addUser(db, 'admin@example.org'))
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const ask = (app: typeof other) =>
        app.request('/api/v1/drivers', {
          method: 'POST',
          headers: { ...headers, 'idempotency-key': '6f1c2b1e-2d0c-4a53-9a55-b7f5f8a0f009' },
          body: JSON.stringify({ name: 'Ana', email: 'ana@example.org', password }),
        })
      const created = await ask(other)
      assert.equal(created.status, 201, await created.clone().text())
      await db.update(idempotencyKeys).set({ status: null, answer: null })
      t.mock.method(Date, 'now', () => realNow() + 120_000)
      const { app } = createTestApp(db)
      const answer = await ask(app)
      assert.equal(answer.status, 409)
      assert.match(await answer.text(), /is under way/)
    })
  })
}
