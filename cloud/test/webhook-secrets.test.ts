import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { CreatedWebhook, RenewedSecret, WebhookTest } from '@fairmile/contract/http/webhooks.ts'
import { Webhook } from 'standardwebhooks'
import { recordDomainEvent } from '../src/events/outbox.ts'
import { createUnsubscribeTokens } from '../src/notify/mail/unsubscribe-token.ts'
import { createGuardedPost } from '../src/notify/outbound/guarded-post.ts'
import { createWebhookChannel } from '../src/notify/webhooks/webhook-channel.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { engines } from './engines.ts'
import { anyTarget, startReceiver } from './notify-rig.ts'

const hourMs = 3_600_000
const startMs = Date.UTC(2026, 5, 1, 10)
const testPath = (id: string) => `/api/v1/admin/webhooks/${id}/test`

for (const engine of engines())
  describe(`secrets of webhooks on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const receiver = await startReceiver()
    after(() => receiver.close())
    let nowMs = startMs
    const outreach = {
      email: false,
      pushKey: null,
      tokens: createUnsubscribeTokens(new Uint8Array(32)),
      targets: anyTarget,
    }
    const { app, sessions } = createTestApp(db, { outreach, now: () => nowMs })
    const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
    const post = createGuardedPost({ rules: anyTarget })
    const channel = createWebhookChannel({ db, post, now: () => nowMs })
    const eventId = await recordDomainEvent(db, {
      ...{ type: 'DriverCreated', subject: 'DRV-0001', data: { driverId: 'DRV-0001' } },
    })
    const asked = { url: `${receiver.url}/hook`, eventTypes: ['DriverCreated'] }
    const created = CreatedWebhook.parse((await admin('POST', '/api/v1/admin/webhooks', asked)).body)
    const path = `/api/v1/admin/webhooks/${created.id}/secret`
    const renew = async (body: object) => RenewedSecret.parse((await admin('POST', path, body)).body)

    /** Sends a message so many hours after the beginning; says of each secret whether it signed. */
    const signedBy = async (hours: number, secrets: readonly string[]): Promise<boolean[]> => {
      nowMs = startMs + hours * hourMs
      const claim = { ids: [1], channel: 'webhook', target: created.id, notificationIds: [null], eventId } as const
      const more = { passwordLinkId: null, digest: false, createdMs: startMs, attempt: 1 }
      assert.equal(await channel.send({ ...claim, ...more }, new AbortController().signal), 'sent')
      const { headers, body } = receiver.posts.at(-1) ?? assert.fail()
      const signatures = String(headers['webhook-signature']).split(' ')
      const sign = (secret: string) =>
        new Webhook(secret).sign(String(headers['webhook-id']), new Date(nowMs), body.toString())
      assert.equal(signatures.length, secrets.filter((secret) => signatures.includes(sign(secret))).length)
      return secrets.map((secret) => signatures.includes(sign(secret)))
    }

    it('are both good for a day after one was renewed, then the new one alone', async () => {
      assert.deepEqual(await signedBy(0, [created.secret]), [true])
      const renewed = await renew({})
      assert.notEqual(renewed.secret, created.secret)
      assert.equal(renewed.previousUntil, new Date(startMs + 24 * hourMs).toISOString())
      const both = [created.secret, renewed.secret]
      assert.deepEqual(await signedBy(23.9, both), [true, true])
      assert.deepEqual(await signedBy(24, both), [false, true])
    })

    it('end at once where that is wished, and at the latest with the one after the next', async () => {
      nowMs = startMs
      const second = await renew({ overlapHours: 168 })
      const third = await renew({ overlapHours: 1 })
      const fourth = await renew({ overlapHours: 1 })
      const all = [second, third, fourth].map(({ secret }) => secret)
      assert.deepEqual(await signedBy(0.5, all), [false, true, true])
      const fifth = await renew({ overlapHours: 0 })
      assert.deepEqual(await signedBy(0.5, [...all, fifth.secret]), [false, false, false, true])
    })

    it('are shown to nobody later, and are none of what is not there', async () => {
      const { body } = await admin('GET', '/api/v1/admin/webhooks')
      assert.ok(!JSON.stringify(body).includes('whsec_'))
      assert.equal((await admin('POST', '/api/v1/admin/webhooks/WHK-0/secret', {})).status, 404)
      for (const overlapHours of [-1, 1.5, 169, '24'])
        assert.equal((await admin('POST', path, { overlapHours })).status, 422)
    })

    it('sign a test at once, whether or not it is paused, and its answer is told', async () => {
      nowMs = startMs + 400 * hourMs
      const { secret } = await renew({ overlapHours: 0 })
      const test = async (id = created.id) => WebhookTest.parse((await admin('POST', testPath(id))).body)
      assert.partialDeepStrictEqual(await test(), { status: 204, error: null })
      const { headers, body } = receiver.posts.at(-1) ?? assert.fail()
      const id = String(headers['webhook-id'])
      assert.equal(headers['webhook-signature'], new Webhook(secret).sign(id, new Date(nowMs), body.toString()))
      assert.partialDeepStrictEqual(JSON.parse(body.toString()), {
        ...{ specversion: '1.0', type: 'fairmile.WebhookTest.v1', data: { webhookId: created.id } },
      })
      await admin('PATCH', `/api/v1/admin/webhooks/${created.id}`, { enabled: false })
      receiver.statuses.push(503)
      assert.partialDeepStrictEqual(await test(), { status: 503, error: 'It answered 503' })
      await admin('PATCH', `/api/v1/admin/webhooks/${created.id}`, { url: 'http://127.0.0.1:1/' })
      const { status, error } = await test()
      assert.deepEqual([status, /ECONNREFUSED/.test(error ?? '')], [null, true], error ?? '')
      assert.equal((await admin('POST', testPath('WHK-0'))).status, 404)
    })
  })
