import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { NotificationDelivery } from '@fairmile/contract/http/notification-deliveries.ts'
import { desc, eq } from 'drizzle-orm'
import { createLinkTokens } from '../src/auth/link-tokens.ts'
import { notificationAttempts, notificationDeliveries } from '../src/db/schema/notification-deliveries.ts'
import { notifications } from '../src/db/schema/notifications.ts'
import { domainDeliveries } from '../src/db/schema/outbox.ts'
import { users } from '../src/db/schema/people.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { recordDomainEvent } from '../src/events/outbox.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { claimDelivery } from '../src/notify/claim-delivery.ts'
import { createMailChannel } from '../src/notify/mail/mail-channel.ts'
import { createUnsubscribeTokens } from '../src/notify/mail/unsubscribe-token.ts'
import { createNotificationConsumer } from '../src/notify/notification-consumer.ts'
import { readPreferences, writePreferences } from '../src/notify/preferences.ts'
import { recordNotification } from '../src/notify/record-notification.ts'
import { retainDeliveries } from '../src/notify/retain-deliveries.ts'
import { createSender } from '../src/notify/sender.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { createOutcomes, startMailServer } from './notify-rig.ts'

const log = createLog({ level: 'silent' })
const hourMs = 3_600_000
const channels = new Set(['email'] as const)

for (const engine of engines()) {
  describe(`the sender on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    /** Noon in Berlin. */
    let nowMs = Date.UTC(2026, 5, 1, 10)
    const now = () => nowMs
    const mail = await startMailServer()
    after(() => mail.close())
    const outcomes = createOutcomes()
    const senderOf = (url = mail.url) =>
      createSender({
        ...{ db, log, now, random: () => 0.5, maxAttempts: 3, counter: outcomes.counter },
        channels: [
          createMailChannel({
            ...{ db, url, from: 'no-reply@fairmile.example', publicUrl: null, now },
            tokens: createUnsubscribeTokens(new Uint8Array(32)),
            linkTokens: createLinkTokens(new Uint8Array(32)),
          }),
        ],
      })
    const sender = senderOf()
    after(() => sender.stop())
    const consumers = createConsumers({
      ...{ db, log, metrics: createMetrics() },
      handlers: { notification: createNotificationConsumer({ channels, now }) },
    })
    const device = await addDevice(db)
    const { driverId } = device
    await addUser(db, 'driver@example.org', driverId)
    const { app, sessions } = createTestApp(db)
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    const welcome = async () => {
      await recordDomainEvent(db, { type: 'DriverCreated', subject: driverId, data: { driverId } })
      await consumers.drain()
    }
    const newest = async () => {
      const [row] = await db.select().from(notificationDeliveries).orderBy(desc(notificationDeliveries.id)).limit(1)
      return row ?? assert.fail()
    }
    const idsOf = (mails: typeof mail.mails) => mails.map(({ text }) => /^Message-ID: (\S+)/m.exec(text)?.[1])

    it('is given each message once, however often its event is handled', async () => {
      await welcome()
      await db.update(domainDeliveries).set({ state: 'ready' }).where(eq(domainDeliveries.consumer, 'notification'))
      await consumers.drain()
      assert.equal((await db.select().from(notifications)).length, 1)
      assert.equal((await db.select().from(notificationDeliveries)).length, 1)
    })

    it('tries again after a failure, later each time, gives up, and sends what is replayed', async () => {
      mail.refusals.push(421, 421, 421)
      const waits: number[] = []
      for (let attempt = 1; attempt <= 3; attempt++) {
        await sender.drain()
        waits.push((await newest()).nextAttemptAt.getTime() - nowMs)
        nowMs += hourMs
      }
      assert.deepEqual(waits.slice(0, 2), [30_000, 60_000])
      const { state, attempts, error } = await newest()
      assert.deepEqual([state, attempts], ['dead', 3])
      assert.match(error ?? '', /not now/)
      const tries = await db.select().from(notificationAttempts).orderBy(notificationAttempts.at)
      assert.deepEqual(
        tries.map(({ outcome }) => outcome),
        ['retry', 'retry', 'dead'],
      )
      const dead = (await admin('GET', '/api/v1/admin/notification-deliveries?channel=email')).body as {
        items: unknown[]
      }
      const { id } = NotificationDelivery.parse(dead.items[0])
      assert.deepEqual((await admin('POST', '/api/v1/admin/notification-deliveries/replay', { ids: [id] })).body, {
        replayed: 1,
      })
      nowMs = Math.max(nowMs, Date.now()) + hourMs
      await sender.drain()
      nowMs = Date.UTC(2027, 5, 1, 10)
      await sender.drain()
      assert.equal((await newest()).state, 'sent')
      assert.deepEqual(await outcomes.of(), { 'email retry': 2, 'email dead': 1, 'email sent': 1 })
    })

    it('gives up at once what a server refuses for good', async () => {
      mail.refusals.push(550)
      await welcome()
      await sender.drain()
      assert.equal((await newest()).state, 'dead')
    })

    it('tries again where a server refuses our own log-in, which can be put right', async () => {
      await welcome()
      const misled = senderOf(mail.url.replace('//', '//fairmile:wrong@'))
      await misled.drain()
      await misled.stop()
      const { state, attempts, error } = await newest()
      assert.deepEqual([state, attempts], ['ready', 1])
      assert.match(error ?? '', /: 5\d\d /)
      nowMs += hourMs
      await sender.drain()
      assert.equal((await newest()).state, 'sent')
    })

    it('sends again under the same id what a process took and did not settle', async () => {
      await welcome()
      const lost = await claimDelivery(db, 'email', { nowMs, busy: [] })
      assert.equal(lost?.attempt, 1)
      const before = mail.mails.length
      await sender.drain()
      assert.equal(mail.mails.length, before, 'it belongs to the other')
      nowMs += 3 * 60_000
      await sender.drain()
      assert.equal(mail.mails.length, before + 1)
      assert.deepEqual(idsOf(mail.mails.slice(before)), [
        `<delivery-${lost?.ids[0]}-${lost?.createdMs}@fairmile.example>`,
      ])
    })

    it('ends cleanly, and leaves what it did not send to the next', async () => {
      const stopped = senderOf()
      stopped.start()
      await stopped.stop()
      await welcome()
      await stopped.drain()
      assert.deepEqual([(await newest()).state, (await newest()).attempts], ['ready', 0])
      const next = senderOf()
      await next.drain()
      await next.stop()
      assert.equal((await newest()).state, 'sent')
    })

    it('waits for the end of quiet hours, and drops what is not wanted by then', async () => {
      nowMs = Date.UTC(2027, 5, 1, 21) // eleven in the evening
      await welcome()
      const before = mail.mails.length
      nowMs = Date.UTC(2027, 5, 2, 4, 59)
      await sender.drain()
      assert.equal(mail.mails.length, before)
      nowMs = Date.UTC(2027, 5, 2, 5)
      await sender.drain()
      assert.equal(mail.mails.length, before + 1)
      await welcome()
      const preferences = await readPreferences(db, driverId)
      await writePreferences(db, driverId, { ...preferences, quietHours: { from: '06:00', to: '20:00' } })
      await sender.drain()
      const waiting = await newest()
      assert.deepEqual([waiting.attempts, waiting.nextAttemptAt.toISOString()], [0, '2027-06-02T18:00:00.000Z'])
      await writePreferences(db, driverId, { ...preferences, channels: { ...preferences.channels, welcome: [] } })
      nowMs = Date.UTC(2027, 5, 2, 18)
      await sender.drain()
      assert.equal((await newest()).state, 'dropped')
      await writePreferences(db, driverId, preferences)
    })

    it('puts what may wait into one digest a day', async () => {
      const preferences = await readPreferences(db, driverId)
      await writePreferences(db, driverId, { ...preferences, digest: 'daily' })
      nowMs = Date.UTC(2027, 5, 3, 10)
      for (let i = 0; i < 3; i++) await welcome()
      const before = mail.mails.length
      nowMs = Date.UTC(2027, 5, 4, 6) - 1
      await sender.drain()
      assert.equal(mail.mails.length, before)
      nowMs += 1
      mail.refusals.push(421)
      await sender.drain()
      nowMs += hourMs
      await welcome() // too late for this one
      await sender.drain()
      const [digest = assert.fail(), ...more] = mail.mails.slice(before)
      assert.equal(more.length, 0)
      assert.match(digest.text, /^Subject: 3 messages from Fairmile\r$/m)
      assert.equal(digest.text.match(/^\* Welcome to Fairmile/gm)?.length, 3)
      assert.equal((await newest()).nextAttemptAt.toISOString(), '2027-06-05T06:00:00.000Z')
      await writePreferences(db, driverId, preferences)
    })

    it('writes to no log-in that is disabled, and drops what is on its way to one', async () => {
      const disable = (id: string) =>
        db
          .update(users)
          .set({ disabledAt: new Date(nowMs) })
          .where(eq(users.id, id))
      const gone = [await addUser(db, 'gone@example.org'), await addUser(db, 'old@example.org', driverId)]
      for (const { id } of gone) await disable(id)
      const leaving = await addUser(db, 'leaving@example.org')
      const at = new Date(nowMs)
      const told = { kind: 'device_silent', data: { deviceId: device.id, heardAt: at.toISOString(), days: 7 } } as const
      for (const to of [null, driverId]) {
        const notification = { told, driverId: to, cause: { occasion: `a test:${to}` }, at }
        await db.transaction((tx) => recordNotification(tx, notification, { channels, nowMs }))
      }
      const deliveriesTo = ({ id }: { id: string }) =>
        db.select().from(notificationDeliveries).where(eq(notificationDeliveries.target, id))
      for (const user of gone) assert.deepEqual(await deliveriesTo(user), [])
      await disable(leaving.id)
      const before = mail.mails.length
      await sender.drain()
      const receivers = mail.mails.slice(before).map(({ to }) => to[0])
      assert.deepEqual(receivers.toSorted(), ['admin@example.org', 'driver@example.org'])
      assert.deepEqual(
        (await deliveriesTo(leaving)).map(({ state }) => state),
        ['dropped'],
      )
    })

    it('keeps what was settled for a while, and what was given up longer', async () => {
      await database.alone(`UPDATE notification_deliveries SET settled_at = '2026-01-01' WHERE settled_at IS NOT NULL`)
      const counts = async () => (await db.select().from(notificationDeliveries)).length
      const all = await counts()
      const dead = (await db.select().from(notificationDeliveries).where(eq(notificationDeliveries.state, 'dead')))
        .length
      assert.ok(dead >= 1)
      const { removedDeliveries } = await retainDeliveries(db, Date.UTC(2026, 1, 15))
      assert.equal(await counts(), all - removedDeliveries)
      assert.deepEqual(await retainDeliveries(db, Date.UTC(2026, 4, 1)), { removedDeliveries: dead })
    })
  })
}
