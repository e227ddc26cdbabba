import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { CreatedWebhook } from '@fairmile/contract/http/webhooks.ts'
import { eq } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { createLinkTokens } from '../src/auth/link-tokens.ts'
import { webhooks } from '../src/db/schema/notification-deliveries.ts'
import { drivers, users } from '../src/db/schema/people.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { recordDomainEvent } from '../src/events/outbox.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { createMailChannel } from '../src/notify/mail/mail-channel.ts'
import { createUnsubscribeTokens } from '../src/notify/mail/unsubscribe-token.ts'
import { createNotificationConsumer } from '../src/notify/notification-consumer.ts'
import { createGuardedPost } from '../src/notify/outbound/guarded-post.ts'
import { createPushChannel } from '../src/notify/push/push-channel.ts'
import { addPushSubscription } from '../src/notify/push/push-subscriptions.ts'
import { loadVapidKeys } from '../src/notify/push/vapid-keys.ts'
import { createSender } from '../src/notify/sender.ts'
import { createWebhookChannel } from '../src/notify/webhooks/webhook-channel.ts'
import { createWebhookConsumer } from '../src/notify/webhooks/webhook-consumer.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { anyTarget, createBrowser, createOutcomes, startMailServer, startReceiver } from './notify-rig.ts'

const log = createLog({ level: 'silent' })
/** Noon in Berlin. */
const nowMs = Date.UTC(2026, 5, 1, 10)
const publicUrl = 'https://fairmile.example'
const alert = {
  ...{ eventId: 'EVT-1', tripId: 'TRP-1', kind: 'harsh_braking' as const, band: 'count' as const },
  ...{ at: nowMs, value: 5.25, speedMps: 17.5, lat: 49.01, lon: 12.1 },
}

for (const engine of engines()) {
  describe(`channels on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const folder = mkdtempSync(join(tmpdir(), 'fairmile-vapid-'))
    const keyFile = join(folder, 'made', 'vapid.json')
    const keys = loadVapidKeys(keyFile)
    const [mail, receiver] = [await startMailServer(), await startReceiver()]
    after(async () => {
      await Promise.all([mail.close(), receiver.close()])
      rmSync(folder, { recursive: true, force: true })
    })
    const tokens = createUnsubscribeTokens(new Uint8Array(32).fill(7))
    const linkTokens = createLinkTokens(new Uint8Array(32).fill(7))
    const post = createGuardedPost({ rules: anyTarget })
    const now = () => nowMs
    const outcomes = createOutcomes()
    const sender = createSender({
      ...{ db, log, now, counter: outcomes.counter },
      channels: [
        createMailChannel({
          ...{ db, url: mail.url, from: 'Fairmile <no-reply@fairmile.example>' },
          ...{ tokens, linkTokens, publicUrl, now },
        }),
        createPushChannel({ db, keys, contact: 'mailto:admin@fairmile.example', post, now }),
        createWebhookChannel({ db, post, now }),
      ],
    })
    after(() => sender.stop())
    const consumers = createConsumers({
      ...{ db, log, metrics: createMetrics() },
      handlers: {
        notification: createNotificationConsumer({ channels: new Set(['email', 'push']), now }),
        webhook: createWebhookConsumer({ now }),
      },
    })
    const flow = async () => {
      await consumers.drain()
      await sender.drain()
    }
    const { driverId } = await addDevice(db)
    const outreach = { email: true, pushKey: keys.publicKey, tokens, targets: anyTarget }
    const { app, sessions } = createTestApp(db, { outreach })
    const driver = await addUser(db, 'driver@example.org', driverId)
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    const call = caller(app, (await sessions.issue(driver)).token)
    const base = `/api/v1/drivers/${driverId}`
    const welcome = () => recordDomainEvent(db, { type: 'DriverCreated', subject: driverId, data: { driverId } })
    const newMails = async () => {
      const before = mail.mails.length
      await flow()
      return mail.mails.slice(before)
    }

    it('write a welcome by e-mail, with a way to end it and none to be followed', async () => {
      await db.update(users).set({ name: 'Ada <b>&\r\nBcc: all@example.org' }).where(eq(users.driverId, driverId))
      await welcome()
      const [sent = assert.fail(), ...more] = await newMails()
      assert.equal(more.length, 0)
      assert.deepEqual(sent.to, ['driver@example.org'])
      assert.match(sent.text, /^Subject: Welcome to Fairmile\r$/m)
      assert.match(sent.text, /^Message-ID: <delivery-1-1780308000000@fairmile\.example>\r$/m)
      assert.match(sent.text, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
      assert.match(sent.text, /Hello Ada &#60;b&#62;&#38; Bcc: all@example\.org,/)
      assert.doesNotMatch(sent.text, /^Bcc:/m)
      assert.doesNotMatch(sent.text, /<img|https?:\/\/(?!fairmile\.example)/)
      assert.ok(sent.text.includes(`<a href="${publicUrl}/">`))
    })

    it('end e-mails of a kind by one click of a mail program, and of nobody else', async () => {
      const link =
        /^List-Unsubscribe: <https:\/\/fairmile\.example(\S+)>\r$/m.exec(mail.mails[0]?.text ?? '')?.[1] ?? ''
      const oneClick = { 'content-type': 'application/x-www-form-urlencoded' }
      const click = (path: string) =>
        app.request(path, { method: 'POST', headers: oneClick, body: 'List-Unsubscribe=One-Click' })
      assert.equal((await click(`${link}x`)).status, 404)
      assert.equal((await click(link.replace(/.(?=\.)/, 'A'))).status, 404)
      const page = await app.request(link)
      assert.match(await page.text(), /<form method="post">/)
      await welcome()
      assert.equal((await newMails()).length, 1, 'a page that was looked at changes nothing')
      assert.equal((await click(link)).status, 200)
      await welcome()
      assert.equal((await newMails()).length, 0)
      const { body } = await call('GET', `${base}/notification-preferences`)
      assert.partialDeepStrictEqual(body, {
        channels: { welcome: [], high_risk: ['email', 'push'] },
        offered: { email: true, pushKey: keys.publicKey },
      })
    })

    it('keep preferences that can be, and write in the language that was chosen', async () => {
      const { offered, ...before } = (await call('GET', `${base}/notification-preferences`)).body as {
        offered: object
        channels: object
      }
      assert.ok(offered)
      const put = (change: object) => call('PUT', `${base}/notification-preferences`, { ...before, ...change })
      for (const bad of [
        { timeZone: 'Europe/Nowhere' },
        { language: 'fr' },
        { quietHours: { from: '22:00', to: '22:00' } },
        { channels: {} },
      ])
        assert.equal((await put(bad)).status, 422, JSON.stringify(bad))
      const german = {
        language: 'de',
        channels: { ...before.channels, welcome: ['email'], safety_alert: ['push', 'email'] },
      }
      assert.equal((await put(german)).status, 200)
      await welcome()
      const [sent = assert.fail()] = await newMails()
      assert.match(sent.text, /^Subject: Willkommen bei Fairmile\r$/m)
      assert.match(sent.text, /^Content-Language: de\r$/m)
      assert.equal(
        (await admin('PUT', '/api/v1/drivers/DRV-9999/notification-preferences', { ...before, language: 'de' })).status,
        404,
      )
    })

    it('push to a browser what it alone can read, signed by the key that it knows', async () => {
      assert.equal(statSync(keyFile).mode & 0o777, 0o600)
      assert.deepEqual(loadVapidKeys(keyFile), keys)
      const browser = createBrowser()
      const { keys: own } = browser
      assert.equal(
        (await call('POST', `${base}/push-subscriptions`, { endpoint: `${receiver.url}/p`, keys: own })).status,
        422,
      )
      const id = await addPushSubscription(db, driverId, { endpoint: `${receiver.url}/push/1`, keys: own })
      assert.equal(await addPushSubscription(db, driverId, { endpoint: `${receiver.url}/push/1`, keys: own }), id)
      receiver.posts.length = 0
      await recordDomainEvent(db, {
        type: 'SafetyAlert',
        subject: driverId,
        data: { deviceId: 'DEV-1', driverId, alert },
      })
      assert.equal((await newMails()).length, 1)
      const [pushed = assert.fail()] = receiver.posts
      assert.equal(pushed.path, '/push/1')
      assert.partialDeepStrictEqual(browser.read(pushed.body), {
        title: 'Meldung aus Ihrem Auto',
        body: 'Das Gerät in Ihrem Auto hat starkes Bremsen gemeldet, 01.06.2026, 12:00.',
        path: '/trips/TRP-1',
      })
      assert.equal(pushed.headers['content-encoding'], 'aes128gcm')
      const [, jwt = '', key] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(pushed.headers.authorization ?? '') ?? []
      assert.equal(key, keys.publicKey)
      assert.equal((jwtOf(jwt, keys.publicKey) as { aud: string }).aud, receiver.url)
      assert.throws(() => createBrowser().read(pushed.body))
    })

    it('forget a browser that is gone', async () => {
      receiver.statuses.push(410)
      const alarm = { type: 'SafetyAlert' as const, subject: driverId, data: { deviceId: 'DEV-1', driverId, alert } }
      await recordDomainEvent(db, alarm)
      await flow()
      const sent = receiver.posts.length
      await recordDomainEvent(db, alarm)
      await flow()
      assert.equal(receiver.posts.length, sent)
      assert.equal((await outcomes.of())['push dropped'], 1)
      assert.equal((await call('DELETE', `${base}/push-subscriptions/PSH-1`)).status, 404)
    })

    it('tell a webhook of events, signed as Standard Webhooks says, again under the same id', async () => {
      const body = { url: `${receiver.url}/hook`, eventTypes: ['DriverCreated'] }
      const created = CreatedWebhook.parse((await admin('POST', '/api/v1/admin/webhooks', body)).body)
      const { body: listed } = await admin('GET', '/api/v1/admin/webhooks')
      assert.ok(!JSON.stringify(listed).includes(created.secret))
      receiver.posts.length = 0
      receiver.statuses.push(500)
      const eventId = await welcome()
      await flow()
      assert.equal(receiver.posts.length, 1)
      const { replayed } = (await admin('POST', '/api/v1/admin/notification-deliveries/replay', {})).body as {
        replayed: number
      }
      assert.equal(replayed, 0, 'it waits, it is not dead')
      const attempts = (await admin('GET', `/api/v1/admin/webhooks/${created.id}/attempts`)).body as { items: object[] }
      assert.partialDeepStrictEqual(attempts.items, [
        { attempt: 1, outcome: 'retry', error: 'It answered 500', eventId: String(eventId) },
      ])
      const { headers, body: sent } = receiver.posts[0] ?? assert.fail()
      const signed = headers as Record<string, string>
      assert.equal(signed['webhook-id'], `event-${eventId}`)
      assert.throws(() => new Webhook('whsec_AAAA').verify(sent.toString(), signed))
      assert.equal(signed['webhook-timestamp'], String(nowMs / 1000))
      const real = createSender({
        ...{ db, log, counter: outcomes.counter, now: () => Date.now() + 3_600_000 },
        channels: [createWebhookChannel({ db, post })],
      })
      await real.drain()
      const again = receiver.posts[1] ?? assert.fail()
      const event = new Webhook(created.secret).verify(again.body.toString(), again.headers as Record<string, string>)
      assert.partialDeepStrictEqual(event as object, {
        type: 'fairmile.DriverCreated.v1',
        id: String(eventId),
        subject: driverId,
      })
      assert.equal(again.headers['webhook-id'], `event-${eventId}`)
      assert.equal((await outcomes.of())['webhook sent'], 1)
    })

    it('send nothing to a webhook that is disabled, is gone, or says so', async () => {
      const [{ id } = assert.fail()] = await db.select().from(webhooks)
      const path = `/api/v1/admin/webhooks/${id}`
      receiver.posts.length = 0
      receiver.statuses.push(410)
      await welcome()
      await flow()
      await welcome()
      await flow()
      assert.equal(receiver.posts.length, 1)
      assert.partialDeepStrictEqual((await admin('GET', '/api/v1/admin/webhooks')).body, {
        items: [{ id, enabled: false }],
      })
      assert.equal((await admin('PATCH', path, { enabled: true })).status, 200)
      await welcome()
      await consumers.drain()
      assert.equal((await admin('DELETE', path)).status, 204)
      await flow()
      assert.equal(receiver.posts.length, 1)
    })

    it('lose with a driver all that is kept of them', async () => {
      await db.insert(drivers).values({ id: 'DRV-0099', name: 'Gone' })
      const { keys: own } = createBrowser()
      await addPushSubscription(db, 'DRV-0099', { endpoint: 'https://push.example.org/1', keys: own })
      await recordDomainEvent(db, { type: 'DriverCreated', subject: 'DRV-0099', data: { driverId: 'DRV-0099' } })
      await consumers.drain()
      await db.delete(drivers).where(eq(drivers.id, 'DRV-0099'))
      assert.equal(
        await addPushSubscription(db, 'DRV-0099', { endpoint: 'https://push.example.org/1', keys: own }),
        null,
      )
    })
  })
}

/** Reads a JWT whose ES256 signature is by a key. */
function jwtOf(jwt: string, publicKey: string): unknown {
  const [head = '', body = '', signature = ''] = jwt.split('.')
  const point = Buffer.from(publicKey, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y } as never, format: 'jwk' })
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${body}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  assert.ok(signed)
  return JSON.parse(Buffer.from(body, 'base64url').toString())
}
