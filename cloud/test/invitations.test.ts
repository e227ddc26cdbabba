import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AdminUser } from '@fairmile/contract/http/admin-lists.ts'
import type { Driver } from '@fairmile/contract/http/drivers.ts'
import type { Problem } from '@fairmile/contract/http/problem.ts'
import { eq } from 'drizzle-orm'
import { passwordLinks } from '../src/db/schema/password-links.ts'
import { caller, createTestApp, password } from './api-rig.ts'
import { engines } from './engines.ts'
import { chosen, passwordRig, publicUrl, tokenIn } from './password-rig.ts'

const dayMs = 86_400_000

for (const engine of engines()) {
  describe(`an invitation on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const { app, sessions, admin, ask, setPassword, logIn, newMails, rowOf } = await passwordRig(db)
    const add = async (email: string) => {
      const { status, body } = await admin('POST', '/api/v1/admin/users', { name: 'Bo <b>', email })
      assert.equal(status, 201, JSON.stringify(body))
      return body as AdminUser
    }
    const again = ({ id }: { id: string }) => admin('POST', `/api/v1/admin/users/${id}/invitation`)
    const detailOf = ({ body }: { body: unknown }) => (body as Problem).detail ?? ''

    it('lets an admin in once they have chosen a password, which nobody else knows', async () => {
      const added = await add('bo@example.org')
      assert.equal(added.invited, true)
      for (const guess of ['nobody', '', 'null', chosen])
        assert.notEqual((await logIn('bo@example.org', guess || ' ')).status, 200)
      const [sent = assert.fail(), ...more] = await newMails()
      assert.deepEqual([sent.to, more.length], [['bo@example.org'], 0])
      assert.match(sent.text, /^Subject: Your log-in at Fairmile: choose a password\r$/m)
      assert.match(sent.text, /Hello Bo &#60;b&#62;,/)
      assert.doesNotMatch(sent.text, new RegExp(`${publicUrl}/set-password[^#]`))
      const [link] = await db.select().from(passwordLinks).where(eq(passwordLinks.userId, added.id))
      assert.equal((link?.expiresAt.getTime() ?? 0) - (link?.createdAt.getTime() ?? 0), 7 * dayMs)
      assert.equal((await setPassword(tokenIn(sent))).status, 204)
      assert.equal((await logIn('bo@example.org')).status, 200)
      assert.deepEqual((await rowOf('bo@example.org')).passwordKnownTo, [])
      const { body } = await admin('GET', '/api/v1/admin/users?search=bo')
      assert.partialDeepStrictEqual(body, { items: [{ id: added.id, invited: false }] })
    })

    it('is sent again, and the link before it is worth nothing then', async () => {
      const added = await add('cy@example.org')
      const first = tokenIn((await newMails())[0])
      const { status, body } = await again(added)
      assert.deepEqual([status, (body as AdminUser).invited], [200, true])
      const second = tokenIn((await newMails())[0])
      assert.equal((await setPassword(first)).status, 404)
      assert.equal((await setPassword(second)).status, 204)
      const refused = await again(added)
      assert.equal(refused.status, 409)
      assert.match(detailOf(refused), /cy@example\.org has chosen a password already/)
      assert.equal((await newMails()).length, 0)
    })

    it('is sent to nobody who is disabled, and its link is worth nothing then', async () => {
      const added = await add('di@example.org')
      const token = tokenIn((await newMails())[0])
      await admin('PATCH', `/api/v1/admin/users/${added.id}`, { disabled: true })
      assert.equal((await setPassword(token)).status, 404)
      const refused = await again(added)
      assert.equal(refused.status, 409)
      assert.match(detailOf(refused), /let it in first/)
    })

    it('comes again to who asks for it at the log-in after its time', async () => {
      const added = await add('ed@example.org')
      await newMails()
      const over = { createdAt: new Date(0), expiresAt: new Date(1) }
      await db.update(passwordLinks).set(over).where(eq(passwordLinks.userId, added.id))
      await ask('ed@example.org')
      const [sent] = await newMails()
      assert.match(sent?.text ?? '', /choose a password/)
      assert.equal((await setPassword(tokenIn(sent))).status, 204)
    })

    it('is over once an admin gives the log-in a password', async () => {
      const added = await add('flo@example.org')
      const token = tokenIn((await newMails())[0])
      await admin('POST', `/api/v1/admin/users/${added.id}/password`, { password })
      assert.equal((await setPassword(token)).status, 404)
      assert.equal((await logIn('flo@example.org', password)).status, 200)
      assert.equal((await rowOf('flo@example.org')).passwordKnownTo.length, 1)
    })

    it('goes to a driver in their language, and to the address that they have', async () => {
      const { status, body } = await admin('POST', '/api/v1/drivers', { name: 'Ada', email: 'ada@example.org' })
      assert.equal(status, 201, JSON.stringify(body))
      const { id: driverId } = body as Driver
      const { id: userId } = await rowOf('ada@example.org')
      const before = (await admin('GET', `/api/v1/drivers/${driverId}/notification-preferences`)).body as object
      const { offered: _, ...preferences } = before as { offered: object }
      await admin('PUT', `/api/v1/drivers/${driverId}/notification-preferences`, { ...preferences, language: 'de' })
      const [sent] = await newMails()
      assert.match(sent?.text ?? '', /^Content-Language: de\r$/m)
      assert.match(sent?.text ?? '', /Ein Passwort wählen/)
      await admin('PATCH', `/api/v1/drivers/${driverId}`, { email: 'ada.b@example.org' })
      assert.equal((await setPassword(tokenIn(sent))).status, 404)
      assert.equal((await again({ id: userId })).status, 200)
      const [anew] = await newMails()
      assert.deepEqual(anew?.to, ['ada.b@example.org'])
      assert.equal((await setPassword(tokenIn(anew))).status, 204)
      assert.deepEqual((await rowOf('ada.b@example.org')).passwordKnownTo, [])
    })

    it('is known to who changed the address that its owner had with a password', async () => {
      await admin('PATCH', `/api/v1/drivers/${(await rowOf('ada.b@example.org')).driverId}`, {
        email: 'mine@example.org',
      })
      await ask('mine@example.org')
      assert.equal((await setPassword(tokenIn((await newMails())[0]))).status, 204)
      const { id } = await rowOf('admin@example.org')
      assert.deepEqual((await rowOf('mine@example.org')).passwordKnownTo, [id])
    })

    it('is refused for a log-in that there is already, and of anybody but an admin', async () => {
      assert.equal((await admin('POST', '/api/v1/admin/users', { name: 'Bo', email: 'bo@example.org' })).status, 409)
      assert.equal((await again({ id: 'USR-0' })).status, 404)
      const driver = await rowOf('mine@example.org')
      const call = caller(app, (await sessions.issue(driver)).token)
      const { status } = await call('POST', `/api/v1/admin/users/${driver.id}/invitation`)
      assert.equal(status, 403)
      assert.equal((await newMails()).length, 0)
    })

    it('is refused where no mail can be sent, which says what to do and leaves nothing behind', async () => {
      const { app: bare } = createTestApp(db)
      const { token } = await sessions.issue(await rowOf('admin@example.org'))
      const call = caller(bare, token)
      const waits = await add('gus@example.org')
      const drivers = (await admin('GET', '/api/v1/drivers')).body
      const refusals = [
        await call('POST', '/api/v1/admin/users', { name: 'Hal', email: 'hal@example.org' }),
        await call('POST', '/api/v1/drivers', { name: 'Hal', email: 'hal@example.org' }),
        await call('POST', `/api/v1/admin/users/${waits.id}/invitation`),
      ]
      for (const refused of refusals) {
        assert.equal(refused.status, 409)
        assert.match(detailOf(refused), /SMTP_URL, MAIL_FROM or PUBLIC_URL: set these, or give the log-in a password/)
      }
      assert.deepEqual((await admin('GET', '/api/v1/drivers')).body, drivers)
      const given = await call('POST', '/api/v1/admin/users', { name: 'Hal', email: 'hal@example.org', password })
      assert.deepEqual([given.status, (given.body as AdminUser).invited], [201, false])
    })
  })
}
