import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Session } from '@fairmile/contract/http/auth.ts'
import { createLogin } from '../src/auth/login.ts'
import { type ProblemError, statusOf } from '../src/http/problem.ts'
import { addUser, caller, createTestApp, password } from './api-rig.ts'
import { engines } from './engines.ts'

for (const engine of engines()) {
  describe(`log-in on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const user = await addUser(db, 'admin@example.org')
    const { app } = createTestApp(db)
    const login = (body: unknown, headers: Record<string, string> = {}) =>
      app.request('/api/v1/auth/login', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })

    it('gives a bearer and an HttpOnly, SameSite=Strict cookie that both say who it is', async () => {
      const response = await login({ email: 'Admin@Example.org', password })
      assert.equal(response.status, 200)
      const session = (await response.json()) as Session
      assert.deepEqual(session.user, user)
      const cookie = response.headers.get('set-cookie') ?? ''
      assert.match(cookie, /^fairmile_session=.*HttpOnly; SameSite=Strict$/)
      assert.doesNotMatch(cookie, /Secure/)
      for (const headers of [{ authorization: `Bearer ${session.accessToken}` }, { cookie }])
        assert.deepEqual(await (await app.request('/api/v1/auth/me', { headers })).json(), user)
    })

    it('marks the cookie Secure behind TLS', async () => {
      const response = await login({ email: 'admin@example.org', password }, { 'x-forwarded-proto': 'https' })
      assert.match(response.headers.get('set-cookie') ?? '', /Secure/)
    })

    it('answers a wrong password and an unknown address alike', async () => {
      const answers = await Promise.all([
        login({ email: 'admin@example.org', password: 'wrong' }),
        login({ email: 'nobody@example.org', password: 'wrong' }),
      ])
      const bodies = await Promise.all(answers.map((answer) => answer.text()))
      assert.deepEqual(
        answers.map(({ status }) => status),
        [401, 401],
      )
      assert.equal(bodies[0], bodies[1])
    })

    it('stops guessing at one e-mail address after ten failures, and says when to come back', async () => {
      const { app: fresh } = createTestApp(db)
      const guess = (n: number) =>
        caller(fresh)('POST', '/api/v1/auth/login', { email: 'admin@example.org', password: `guess ${n}` })
      for (let n = 0; n < 10; n++) assert.equal((await guess(n)).status, 401)
      assert.equal((await guess(10)).status, 429)
      const right = await caller(fresh)('POST', '/api/v1/auth/login', { email: 'admin@example.org', password })
      assert.equal(right.status, 429)
    })

    it('does not lock the owner out for what others guess at other addresses', async () => {
      const tryLogin = createLogin({ db })
      const attempt = (address: string, guessed: string) =>
        tryLogin({ email: 'admin@example.org', password: guessed, address }).then(
          () => 200,
          (error: ProblemError) => statusOf(error.kind),
        )
      const statuses = new Map<number, number>()
      for (let n = 0; n < 10_000; n++) {
        const status = await attempt('192.0.2.1', `guess ${n}`)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
      assert.deepEqual(
        [...statuses],
        [
          [401, 10],
          [429, 9_990],
        ],
      )
      assert.equal(await attempt('192.0.2.2', password), 200)
      assert.equal(await attempt('192.0.2.1', password), 429)
    })

    it('logs out by taking the cookie away', async () => {
      const response = await app.request('/api/v1/auth/logout', { method: 'POST' })
      assert.equal(response.status, 204)
      assert.match(response.headers.get('set-cookie') ?? '', /fairmile_session=; Max-Age=0/)
    })

    it('logs out for good: the token is worth nothing afterwards, and another of the same user still is', async () => {
      const tokens = await Promise.all(
        [1, 2].map(
          async () => ((await (await login({ email: 'admin@example.org', password })).json()) as Session).accessToken,
        ),
      )
      const [first, second] = [caller(app, tokens[0]), caller(app, tokens[1])]
      assert.equal((await first('GET', '/api/v1/auth/me')).status, 200)
      assert.equal((await first('POST', '/api/v1/auth/logout')).status, 204)
      assert.equal((await first('GET', '/api/v1/auth/me')).status, 401)
      assert.equal((await second('GET', '/api/v1/auth/me')).status, 200)
    })

    it('refuses a page of another origin, and lets its own page and programs in', async () => {
      const body = { email: 'admin@example.org', password }
      const statuses = await Promise.all(
        [
          { origin: 'https://evil.example', host: 'localhost' },
          { 'sec-fetch-site': 'cross-site' },
          { origin: 'null', host: 'localhost' },
          { origin: 'http://localhost', host: 'localhost', 'sec-fetch-site': 'same-origin' },
          {},
        ].map(async (headers) => (await login(body, headers as Record<string, string>)).status),
      )
      assert.deepEqual(statuses, [403, 403, 403, 200, 200])
    })
  })
}
