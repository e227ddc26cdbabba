import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { Registry } from 'prom-client'
import { until } from '../chaos/parts/until.ts'
import type { Answer } from '../src/cache/answer.ts'
import { type CacheKey, createCache } from '../src/cache/cache.ts'
import { createCacheCounters } from '../src/cache/counters.ts'
import { createLog } from '../src/log.ts'
import { createRedisCache } from '../src/redis/redis-cache.ts'
import { startRedis } from './redis-server.ts'

const log = createLog({ level: 'silent' })
const key = (n: number, over: Partial<CacheKey> = {}): CacheKey => ({
  text: `driver USR-${n} /drivers/${n}/score`,
  path: `/drivers/${n}/score`,
  route: '/drivers/{id}/score',
  tags: [`driver:${n}`],
  ttlMs: 60_000,
  ...over,
})
const answer = (text: string): Answer => ({ headers: { etag: `"${text}"` }, body: Buffer.from(text) })

/** How often it is looked whether an answer is in Redis before it is computed anew. */
const looksAnAsk = 100

describe('the cache over Redis', async () => {
  const server = await startRedis()
  const other = new Redis(server.url, { retryStrategy: () => 10 }).on('error', () => undefined)
  const caches: ReturnType<typeof createCache>[] = []
  after(async () => {
    for (const cache of caches) await cache.close()
    other.disconnect()
    await server.close()
  })
  /** The cache of one more process. */
  const open = (url = server.url) => {
    const counters = createCacheCounters(new Registry())
    const cache = createCache({ counters, far: (heard) => createRedisCache({ url, counters, log, heard }) })
    caches.push(cache)
    return { cache, counters }
  }
  const ready = (cache: (typeof caches)[number]) =>
    until('Redis to have its effect', () => cache.statistics().redis?.state === 'ready')
  const openTwo = async () => {
    const two = [open(), open()].map(({ cache }) => cache)
    for (const cache of two) await ready(cache)
    // A process that begins invalidates all: heard by both.
    await until('Redis to have its effect', async () => {
      const found = await Promise.all(two.map((cache) => cache.through(key(0), async () => answer('0'))))
      await nextTurn()
      return found.every(({ outcome }) => outcome === 'hit')
    })
    return two as [(typeof caches)[number], (typeof caches)[number]]
  }
  /** Asks until Redis has the answer: what was computed while it was slow, or while all was invalidated, is not kept there. */
  const kept = async (from: (typeof caches)[number], one: CacheKey, text: string) => {
    for (let asks = 0; ; asks++) {
      if (asks > 0) await from.invalidate({ tags: one.tags })
      await from.through(one, async () => answer(text))
      for (let looks = 0; looks < looksAnAsk; looks++) {
        if ((await other.keys(`*entry:${one.path}#*`)).length > 0) return
        await pause(2)
      }
    }
  }
  /** Asks until the second process is given what the first computed: its answer goes to Redis without waiting. */
  const shared = async (from: (typeof caches)[number], to: (typeof caches)[number], one: CacheKey, text: string) => {
    await kept(from, one, text)
    // A process that gets no time for 10 ms goes without Redis; no answer is kept nowhere.
    const answers = await until('the other to find it', async () => {
      const found = await to.through(one, async () => null)
      return found.outcome === 'far' && found.answer
    })
    assert.equal(answers.body.toString(), text)
  }

  it('gives a process what another computed', async () => {
    const [a, b] = await openTwo()
    await shared(a, b, key(1), 'one')
  })

  it('tells every process of an invalidation, and none finds the old answer again', async () => {
    const [a, b] = await openTwo()
    await shared(a, b, key(2), 'old')
    await shared(a, b, key(3), 'kept')
    await a.invalidate({ tags: ['driver:2'] })
    await until('Redis to have its effect', () => b.peek(key(2).text) === null)
    assert.notEqual(b.peek(key(3).text), null)
    assert.equal((await b.through(key(2), async () => answer('new'))).outcome, 'miss')
  })

  it('keeps nothing that was begun before an invalidation by another process', async () => {
    const [a, b] = await openTwo()
    const begun = Promise.withResolvers<void>()
    const computed = Promise.withResolvers<Answer>()
    const asked = a.through(key(4), () => {
      begun.resolve()
      return computed.promise
    })
    await begun.promise
    await b.invalidate({ tags: ['driver:4'] })
    computed.resolve(answer('old'))
    await asked
    assert.equal((await b.through(key(4), async () => answer('new'))).outcome, 'miss')
    await until('Redis to have its effect', () => a.peek(key(4).text)?.answer.body.toString() !== 'old')
    const found = await a.through(key(4), async () => answer('new'))
    assert.equal(found.answer?.body.toString(), 'new')
  })

  it('drops by pattern, in Redis and in every process', async () => {
    const [a, b] = await openTwo()
    const trips = key(5, { text: 'trips', path: '/drivers/5/trips' })
    await shared(a, b, key(5), 'score')
    await shared(a, b, trips, 'trips')
    await a.invalidate({ pattern: '/drivers/*/score' })
    await until('Redis to have its effect', () => b.peek(key(5).text) === null)
    assert.notEqual(b.peek(trips.text), null)
    await until('Redis to drop it', async () => (await other.keys('*entry:/drivers/*/score#*')).length === 0)
    assert.equal((await other.keys('*entry:/drivers/5/trips#*')).length, 1)
  })

  it('takes a tag that Redis has evicted for moved', async () => {
    const [a, b] = await openTwo()
    await kept(a, key(6), 'old')
    await other.del(await other.keys('*tag:driver:6'))
    assert.equal((await b.through(key(6), async () => answer('new'))).outcome, 'miss')
  })

  it('goes on when Redis is flushed', async () => {
    const [a, b] = await openTwo()
    await shared(a, b, key(7), 'old')
    await other.flushall()
    await a.invalidate({ tags: ['driver:7'] })
    await until('Redis to have its effect', () => b.peek(key(7).text) === null)
    await shared(a, b, key(7, { text: 'again' }), 'new')
  })

  it('answers from memory while Redis is dead, and tells it afterwards what was invalidated meanwhile', async () => {
    const [a, b] = await openTwo()
    await shared(a, b, key(8), 'old')
    await server.kill()
    await until('Redis to have its effect', () => a.statistics().redis?.state === 'away')
    assert.equal((await a.through(key(9), async () => answer('uncached'))).outcome, 'miss')
    await a.invalidate({ tags: ['driver:8'] })
    assert.equal(a.peek(key(8).text), null)
    assert.ok((a.statistics().redis?.owed ?? 0) > 0)
    await server.start()
    await ready(a)
    assert.equal(a.statistics().redis?.owed, 0)
    await until('Redis to have its effect', () => b.peek(key(8).text) === null)
  })

  it('waits for no Redis that does not answer', async () => {
    const { cache, counters } = open()
    await ready(cache)
    process.kill(server.pid(), 'SIGSTOP')
    try {
      for (let n = 10; n < 16; n++) assert.equal((await cache.through(key(n), async () => answer('x'))).outcome, 'miss')
      const { values } = await counters.farFailures.get()
      assert.deepEqual(
        values.map(({ value, labels }) => [labels.reason, value]),
        [['slow', 6]],
      )
    } finally {
      process.kill(server.pid(), 'SIGCONT')
    }
  })

  it('counts what others write on its channel, and forgets nothing for it', async () => {
    const { cache, counters } = open()
    await ready(cache)
    for (const text of ['{', 'null', '{"by":"x"}', '{"by":"x","pattern":"[a"}', '{"by":"x","tags":[1]}'])
      await other.publish('fairmile:cache', text)
    await until('Redis to have its effect', async () =>
      (await counters.farFailures.get()).values.some(({ value }) => value === 5),
    )
  })
})
