import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { User } from '@fairmile/contract/http/auth.ts'
import { Hono } from 'hono'
import { Registry } from 'prom-client'
import type { Sessions } from '../auth/sessions.ts'
import { createCache } from '../cache/cache.ts'
import { createCacheCounters } from '../cache/counters.ts'
import { answerInTime } from './answer-in-time.ts'
import type { Asked } from './asked.ts'
import { cached } from './cached.ts'
import type { AppEnv } from './env.ts'

const limitMs = 10_000
const path = '/api/v1/drivers'
const asked: Asked = { cached: { route: path, ttlS: 60, tags: () => [] }, path, tags: [], text: path }
const user = { id: 'USR-1', role: 'admin', driverId: null } as User

/** A route that is kept, and answers once it is told to. */
function setUp() {
  const answer = Promise.withResolvers<string>()
  const ran = { times: 0 }
  const told: string[] = []
  const counters = createCacheCounters(new Registry())
  const cache = createCache({ counters })
  const sessions = { verify: async () => user, peek: () => user } as unknown as Sessions
  const app = new Hono<AppEnv>()
  app.use(cached({ cache, sessions, counters, readAsked: (url) => (url.endsWith(path) ? asked : null) }))
  app.get('*', async (c) => {
    ran.times++
    return c.text(await answer.promise)
  })
  app.fetch = answerInTime(app.fetch, { limitMs, log: (_error, path) => void told.push(path) })
  const get = async (path: string) => {
    const response = await app.request(path, { headers: { authorization: 'Bearer token' } })
    return { status: response.status, text: await response.text() }
  }
  return { get, answer, ran, told }
}

test('answerInTime leaves one run of a route to all who ask, and its answer to those who ask again', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { get, answer, ran, told } = setUp()
  const early = Array.from({ length: 50 }, () => get(path))
  t.mock.timers.tick(limitMs)
  for (const { status } of await Promise.all(early)) assert.equal(status, 503)
  assert.deepEqual(told, Array(50).fill(path))
  const again = get(path)
  answer.resolve('drivers')
  assert.deepEqual(await again, { status: 200, text: 'drivers' })
  assert.deepEqual(await get(path), { status: 200, text: 'drivers' })
  assert.equal(ran.times, 1)
})

test('answerInTime waits for an export, and for what is none of the API', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { get, answer } = setUp()
  const asked = ['/api/v1/exports/trips', '/ready'].map(get)
  t.mock.timers.tick(limitMs)
  answer.resolve('rows')
  for (const { status } of await Promise.all(asked)) assert.equal(status, 200)
})
