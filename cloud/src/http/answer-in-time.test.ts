import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
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

/** A route that is kept; its runs answer once they are told to. */
function setUp() {
  const clock = { ms: 0 }
  const runs: PromiseWithResolvers<string>[] = []
  const told: string[] = []
  const counters = createCacheCounters(new Registry())
  const cache = createCache({ counters, monotonicMs: () => clock.ms })
  const sessions = { verify: async () => user, peek: () => user } as unknown as Sessions
  const app = new Hono<AppEnv>()
  app.use(cached({ cache, sessions, counters, limitMs, readAsked: (url) => (url.endsWith(path) ? asked : null) }))
  app.get('*', async (c) => {
    const run = Promise.withResolvers<string>()
    runs.push(run)
    return c.text(await run.promise)
  })
  app.fetch = answerInTime(app.fetch, { limitMs, log: (_error, path) => void told.push(path) })
  const get = async (path: string) => {
    const response = await app.request(path, { headers: { authorization: 'Bearer token' } })
    return { status: response.status, text: await response.text() }
  }
  const began = async (count: number) => {
    for (let turn = 0; runs.length < count; turn++) {
      assert.ok(turn < 100, `${runs.length} runs began`)
      await nextTurn()
    }
  }
  return { get, runs, began, told, clock }
}

test('answerInTime leaves one run of a route to all who ask in time, and its answer to those who ask again', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { get, runs, began, told, clock } = setUp()
  const early = Array.from({ length: 50 }, () => get(path))
  await began(1)
  clock.ms = limitMs - 1
  t.mock.timers.tick(limitMs - 1)
  const again = get(path)
  t.mock.timers.tick(1)
  for (const { status } of await Promise.all(early)) assert.equal(status, 503)
  assert.deepEqual(told, Array(50).fill(path))
  runs[0]?.resolve('drivers')
  assert.deepEqual(await again, { status: 200, text: 'drivers' })
  assert.deepEqual(await get(path), { status: 200, text: 'drivers' })
  assert.equal(runs.length, 1)
})

test('answerInTime answers who asks again though the run before is stuck', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { get, runs, began, clock } = setUp()
  const early = get(path)
  await began(1)
  clock.ms = limitMs
  t.mock.timers.tick(limitMs)
  assert.equal((await early).status, 503)
  const again = [get(path), get(path)]
  await began(2)
  runs[1]?.resolve('drivers')
  for (const answer of again) assert.deepEqual(await answer, { status: 200, text: 'drivers' })
  assert.equal(runs.length, 2)
})

test('answerInTime waits for an export, and for what is none of the API', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { get, runs, began } = setUp()
  const asked = ['/api/v1/exports/trips', '/ready'].map(get)
  t.mock.timers.tick(limitMs)
  await began(2)
  for (const run of runs) run.resolve('rows')
  for (const { status } of await Promise.all(asked)) assert.equal(status, 200)
})
