import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import type { Driver } from '@fairmile/contract/http/drivers.ts'
import { Problem } from '@fairmile/contract/http/problem.ts'
import type { Hono } from 'hono'
import { until } from '../chaos/parts/until.ts'
import type { AppEnv } from '../src/http/env.ts'
import { createLog } from '../src/log.ts'
import { createRedisRates } from '../src/redis/redis-rates.ts'
import { addUser, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'
import { startRedis } from './redis-server.ts'

const send = (app: Hono<AppEnv>, method: string, path: string, token?: string, more: Record<string, string> = {}) =>
  app.request(path, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }), 'content-type': 'application/json', ...more },
    ...(method !== 'GET' && { body: JSON.stringify({ name: more['x-name'] ?? 'Renamed' }) }),
  })

for (const engine of engines()) {
  describe(`limits and conditions on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const device = await addDevice(db, 1)
    const rateLimits = { user: 3, address: 2, login: 1 }
    const [embedded, generous] = [createTestApp(db, { rateLimits }), createTestApp(db)]
    const { token } = await embedded.sessions.issue(await addUser(db, 'admin@example.org'))
    const other = (await embedded.sessions.issue(await addUser(db, 'two@example.org'))).token
    await addUser(db, 'driver@example.org', device.driverId)
    const path = `/api/v1/drivers/${device.driverId}`

    it('let so many requests through, say what is left, and then how long to wait', async () => {
      const answers = []
      for (let n = 0; n < 4; n++) answers.push(await send(embedded.app, 'GET', '/api/v1/auth/me', token))
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 200, 429],
      )
      assert.equal(answers[0]?.headers.get('ratelimit-policy'), '"user";q=3;w=60')
      assert.match(answers[0]?.headers.get('ratelimit') ?? '', /^"user";r=2;t=(60|59)$/)
      const refused = answers[3] ?? assert.fail('no answer')
      assert.match(refused.headers.get('ratelimit') ?? '', /^"user";r=0;t=\d+$/)
      assert.ok(Number(refused.headers.get('retry-after')) >= 1)
      assert.equal(Problem.parse(await refused.json()).type, '/problems/too-many-requests')
      assert.equal((await send(embedded.app, 'GET', '/api/v1/auth/me', other)).status, 200)
    })

    it('count who is not logged in by address, and log-ins apart', async () => {
      const status = async (method: string, to: string) => (await send(embedded.app, method, to)).status
      const asked = []
      for (let n = 0; n < 3; n++) asked.push(await status('GET', '/api/v1/auth/me'))
      assert.deepEqual(asked, [401, 401, 429])
      const tried = [await status('POST', '/api/v1/auth/login'), await status('POST', '/api/v1/auth/login')]
      assert.deepEqual(tried, [422, 429])
    })

    it('change a driver only as If-Match names them', async () => {
      const { app } = generous
      const first = await send(app, 'GET', path, token)
      const etag = first.headers.get('etag') ?? assert.fail('no ETag')
      const changed = await send(app, 'PATCH', path, token, { 'if-match': etag, 'x-name': 'One' })
      assert.equal(changed.status, 200)
      const late = await send(app, 'PATCH', path, token, { 'if-match': etag, 'x-name': 'Two' })
      assert.equal(late.status, 412)
      assert.equal(Problem.parse(await late.json()).type, '/problems/precondition-failed')
      const read = await send(app, 'GET', path, token)
      assert.equal(((await read.json()) as Driver).name, 'One')
      assert.equal(read.headers.get('etag'), changed.headers.get('etag'))
      assert.equal((await send(app, 'PATCH', path, token, { 'if-match': '*', 'x-name': 'Three' })).status, 200)
    })

    it('change settings of a device only at the version that If-Match names', async () => {
      const patch = (ifMatch: string, id = device.id) =>
        generous.app.request(`/api/v1/devices/${id}/settings`, {
          method: 'PATCH',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'if-match': ifMatch },
          body: '{}',
        })
      const first = await patch('*')
      const etag = first.headers.get('etag') ?? assert.fail('no ETag')
      assert.deepEqual(
        [(await patch(etag)).status, (await patch(etag)).status, (await patch('W/x')).status],
        [200, 412, 412],
      )
      assert.equal((await patch('"1"', 'DEV-0')).status, 404)
    })
  })
}

describe('requests counted in Redis', async () => {
  const server = await startRedis()
  after(() => server.close())
  const open = (url: string) => {
    const rates = createRedisRates({ url, log: createLog({ level: 'silent' }) })
    after(() => rates.close())
    return rates
  }

  it('are counted for all processes together', async () => {
    const [one, two] = [open(server.url), open(server.url)]
    let n = 0
    // Until the connections are there, and while Redis is slow, each counts its own.
    const { leftMs } = await until('both to be counted', async () => {
      await one.take(`a ${++n}`, 60_000)
      const taken = await two.take(`a ${n}`, 60_000)
      return taken.count === 2 && taken
    })
    assert.ok(leftMs > 0 && leftMs <= 60_000)
  })

  it('are counted by each process while Redis is away', async () => {
    const rates = open(server.gone)
    assert.equal((await rates.take('a', 60_000)).count, 1)
    assert.equal((await rates.take('a', 60_000)).count, 2)
  })
})
