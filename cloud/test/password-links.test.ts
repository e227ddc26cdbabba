import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { NotificationDelivery } from '@fairmile/contract/http/notification-deliveries.ts'
import type { Page } from '@fairmile/contract/http/page.ts'
import type { Problem } from '@fairmile/contract/http/problem.ts'
import { eq, sql } from 'drizzle-orm'
import { selectRows } from '../src/db/database.ts'
import { passwordLinks } from '../src/db/schema/password-links.ts'
import { users } from '../src/db/schema/people.ts'
import { addUser, caller, createTestApp, password } from './api-rig.ts'
import { engines } from './engines.ts'
import { chosen, passwordRig, tokenIn } from './password-rig.ts'

const minuteMs = 60_000

for (const engine of engines()) {
  describe(`a forgotten password on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const rig = await passwordRig(db)
    const { app, sessions, admin, anyone, mail, ask, setPassword, logIn, newMails, rowOf } = rig
    let made = 0
    /** A log-in of its own for each test. */
    const someone = async () => {
      const email = `someone-${++made}@example.org`
      return { email, user: await addUser(db, email) }
    }
    /** As if the link of a log-in had been asked for earlier. */
    const age = (userId: string, ms: number) =>
      db
        .update(passwordLinks)
        .set({ createdAt: new Date(Date.now() - ms) })
        .where(eq(passwordLinks.userId, userId))
    const askedToken = async (email: string) => {
      assert.equal((await ask(email)).status, 202)
      return tokenIn((await newMails())[0])
    }
    const expectOver = async (token: string) => {
      const { status, body } = await setPassword(token)
      assert.equal(status, 404)
      assert.match((body as Problem).detail ?? '', /used, a newer one was sent, or its time is over. Ask for another/)
    }

    it('is answered alike whether or not there is such a log-in, and mailed to one that may be used alone', async () => {
      const { email } = await someone()
      const { email: disabled, user } = await someone()
      await admin('PATCH', `/api/v1/admin/users/${user.id}`, { disabled: true })
      const answers = await Promise.all(
        [email, 'nobody@example.org', disabled].map(async (address) => {
          const beginMs = performance.now()
          const answer = await ask(address)
          return { ...answer, isSlow: performance.now() - beginMs > 150 }
        }),
      )
      for (const answer of answers) assert.deepEqual(answer, { status: 202, body: '', isSlow: true })
      const mails = await newMails()
      assert.deepEqual(
        mails.map(({ to }) => to),
        [[email]],
      )
      assert.match(mails[0]?.text ?? '', /^Subject: A new password for Fairmile\r$/m)
      assert.doesNotMatch(mails[0]?.text ?? '', /List-Unsubscribe|Stop e-mails/)
    })

    it('is replaced once, which ends all sessions', async () => {
      const { email, user } = await someone()
      const { token: session } = await sessions.issue(user)
      const call = caller(app, session)
      assert.equal((await call('GET', '/api/v1/auth/me')).status, 200)
      const token = await askedToken(email.toUpperCase())
      assert.deepEqual(await setPassword(token), { status: 204, body: '' })
      assert.equal((await call('GET', '/api/v1/auth/me')).status, 401)
      assert.equal((await logIn(email, password)).status, 401)
      assert.equal((await logIn(email)).status, 200)
      await expectOver(token)
      assert.equal((await logIn(email)).status, 200)
    })

    it('is replaced by one of those who use a link at once', async () => {
      const { email } = await someone()
      const token = await askedToken(email)
      const statuses = await Promise.all(
        [1, 2, 3].map(async (n) => (await setPassword(token, `${chosen} ${n}`)).status),
      )
      assert.deepEqual(statuses.toSorted(), [204, 404, 404])
    })

    it('is replaced by the newest link alone, and there is no second one within five minutes', async () => {
      const { email, user } = await someone()
      const first = await askedToken(email)
      await ask(email)
      assert.equal((await newMails()).length, 0)
      await age(user.id, 5 * minuteMs)
      const second = await askedToken(email)
      assert.notEqual(second, first)
      await expectOver(first)
      assert.equal((await setPassword(second)).status, 204)
    })

    it('is not replaced after an hour, nor by a mail that comes later', async () => {
      const { email, user } = await someone()
      const token = await askedToken(email)
      const [link] = await db.select().from(passwordLinks).where(eq(passwordLinks.userId, user.id))
      assert.equal(link?.expiresAt.getTime(), (link?.createdAt.getTime() ?? 0) + 60 * minuteMs)
      await db.update(passwordLinks).set({ expiresAt: new Date() }).where(eq(passwordLinks.userId, user.id))
      await expectOver(token)
      const { email: other } = await someone()
      await ask(other)
      assert.equal((await newMails(61 * minuteMs)).length, 0)
      const { body } = await admin('GET', '/api/v1/admin/notification-deliveries?state=dropped')
      assert.match((body as Page<NotificationDelivery>).items[0]?.error ?? '', /its time is over/)
    })

    it('is not replaced once an admin has disabled the log-in, let it in again or set a password', async () => {
      const { email, user } = await someone()
      const path = `/api/v1/admin/users/${user.id}`
      const token = await askedToken(email)
      await admin('PATCH', path, { disabled: true })
      await expectOver(token)
      await admin('PATCH', path, { disabled: false })
      await expectOver(token)
      const another = await askedToken(email)
      await admin('POST', `${path}/password`, { password })
      await expectOver(another)
      assert.equal((await logIn(email, password)).status, 200)
    })

    it('is not replaced where the row says disabled and the link is still there', async () => {
      const { email, user } = await someone()
      const token = await askedToken(email)
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, user.id))
      await expectOver(token)
    })

    it('is known to nobody else any more', async () => {
      const { email, user } = await someone()
      await admin('POST', `/api/v1/admin/users/${user.id}/password`, { password })
      assert.equal((await rowOf(email)).passwordKnownTo.length, 1)
      await setPassword(await askedToken(email))
      assert.deepEqual((await rowOf(email)).passwordKnownTo, [])
    })

    it('has a link that comes again where its mail was refused, and that no table and no page of admins holds', async () => {
      const { email, user } = await someone()
      mail.refusals.push(451)
      await ask(email)
      assert.equal((await newMails()).length, 0)
      mail.refusals.push(550)
      assert.equal((await newMails(2 * minuteMs)).length, 0)
      const dead = (await admin('GET', '/api/v1/admin/notification-deliveries')).body as Page<NotificationDelivery>
      assert.partialDeepStrictEqual(dead.items[0], { target: user.id, passwordLink: true, attempts: 2 })
      await admin('POST', '/api/v1/admin/notification-deliveries/replay', { ids: [dead.items[0]?.id] })
      const token = tokenIn((await newMails())[0])
      const kept = await Promise.all(
        ['password_links', 'notification_deliveries', 'notification_attempts', 'notifications', 'domain_events'].map(
          (table) => selectRows(db, sql`SELECT * FROM ${sql.raw(table)}`),
        ),
      )
      assert.ok(!JSON.stringify([kept, dead]).includes(token))
      assert.equal((await setPassword(token)).status, 204)
    })

    it('is not replaced by a password or a token that is none', async () => {
      const { email } = await someone()
      const token = await askedToken(email)
      for (const bad of ['short', 'aaaaaaaaaaaaaaa', 'x'.repeat(201)])
        assert.equal((await setPassword(token, bad)).status, 422, bad)
      for (const wrong of [`${token}A`, token.slice(1), token.toLowerCase(), '__proto__', '🚗']) await expectOver(wrong)
      const raw = (body: string) =>
        app.request('/api/v1/auth/password', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        })
      for (const body of [
        `{"token": ["${token}"], "password": "${chosen}"}`,
        `{"token": "${token}", "password": "${chosen}", "userId": "USR-1"}`,
        `{"__proto__": {"token": "${token}"}, "password": "${chosen}"}`,
        `{"token": "", "password": "${chosen}"}`,
        `{"token": "a\\u0000b", "password": "${chosen}"}`,
        '[]',
        'null',
      ])
        assert.equal((await raw(body)).status, 422, body)
      for (const body of [{}, { email: 'no address' }, { email: [email] }, { email, token }])
        assert.equal((await anyone('POST', '/api/v1/auth/password-links', body)).status, 422, JSON.stringify(body))
      assert.equal((await setPassword(token)).status, 204)
    })

    it('is asked for five times of an address, whether or not it has a log-in', async () => {
      const fresh = caller(createTestApp(db, { passwordLinks: rig.linkTokens }).app)
      for (const email of ['nobody@example.org', (await someone()).email]) {
        const asks = Array.from({ length: 7 }, () => fresh('POST', '/api/v1/auth/password-links', { email }))
        const statuses = (await Promise.all(asks)).map(({ status }) => status)
        assert.deepEqual(statuses.toSorted(), [202, 202, 202, 202, 202, 429, 429])
      }
      assert.equal((await newMails()).length, 1)
    })

    it('counts as log-ins do in the limit of a minute', async () => {
      const rateLimits = { user: 0, address: 0, login: 2 }
      const fresh = caller(createTestApp(db, { passwordLinks: rig.linkTokens, rateLimits }).app)
      const body = { token: 'wrong', password: chosen }
      assert.equal((await fresh('POST', '/api/v1/auth/password', body)).status, 404)
      assert.equal((await fresh('POST', '/api/v1/auth/password-links', { email: 'nobody@example.org' })).status, 202)
      assert.equal((await fresh('POST', '/api/v1/auth/password', body)).status, 429)
    })

    it('is not asked for where no mail can be sent, which says what to do', async () => {
      const fresh = caller(createTestApp(db).app)
      for (const email of ['nobody@example.org', (await someone()).email]) {
        const { status, body } = await fresh('POST', '/api/v1/auth/password-links', { email })
        assert.equal(status, 409)
        assert.match((body as Problem).detail ?? '', /ask an admin/)
      }
    })
  })
}
