import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Registry } from 'prom-client'
import type { Answer } from './answer.ts'
import { type CacheKey, createCache, staleBoundMs } from './cache.ts'
import { createCacheCounters } from './counters.ts'
import type { Far, Invalidation } from './far.ts'

const key: CacheKey = {
  text: 'driver DRV-1 /score',
  path: '/score',
  route: '/score',
  tags: ['driver:DRV-1'],
  ttlMs: 60_000,
}
const answer = (text: string): Answer => ({ headers: { etag: `"${text}"` }, body: Buffer.from(text) })

function setUp(far?: Partial<Far>) {
  const clock = { wallMs: 0, monotonicMs: 0 }
  const counters = createCacheCounters(new Registry())
  let heard: (what: Invalidation) => void = () => {}
  const away: Far = {
    look: async () => null,
    keep: () => {},
    invalidate: async () => {},
    hears: () => false,
    statistics: () => ({ state: 'away', owed: 0 }),
    close: async () => {},
    ...far,
  }
  const connect = (listener: typeof heard): Far => {
    heard = listener
    return away
  }
  const cache = createCache({
    ...{ counters, now: () => clock.wallMs, monotonicMs: () => clock.monotonicMs },
    ...(far && { far: connect }),
  })
  return { cache, clock, tell: (what: Invalidation) => heard(what) }
}

test('Cache.through computes once, then gives the same bytes until their time is over', async () => {
  const { cache, clock } = setUp()
  const first = answer('1')
  assert.deepEqual(await cache.through(key, async () => first), { answer: first, outcome: 'miss' })
  assert.deepEqual(await cache.through(key, () => assert.fail()), { answer: first, outcome: 'hit' })
  assert.equal(cache.peek(key.text)?.answer, first)
  clock.wallMs = 60_000
  assert.equal(cache.peek(key.text), null)
})

test('Cache.through computes once for all who ask at the same time', async () => {
  const { cache } = setUp()
  const computed = Promise.withResolvers<Answer>()
  const asked = [1, 2, 3].map(() => cache.through(key, () => computed.promise))
  computed.resolve(answer('1'))
  assert.deepEqual(
    (await Promise.all(asked)).map(({ outcome }) => outcome),
    ['miss', 'shared', 'shared'],
  )
})

test('Cache.through has who asks after its time begin anew, and keeps what comes late where nothing newer is', async () => {
  const { cache, clock } = setUp()
  const [stuck, anew] = [Promise.withResolvers<Answer>(), Promise.withResolvers<Answer>()]
  const timed = { ...key, sharedMs: 10_000 }
  const first = cache.through(timed, () => stuck.promise)
  clock.monotonicMs = 9_999
  const second = cache.through(timed, () => assert.fail())
  clock.monotonicMs = 10_000
  const later = [cache.through(timed, () => anew.promise), cache.through(timed, () => assert.fail())]
  anew.resolve(answer('anew'))
  assert.deepEqual(
    (await Promise.all(later)).map(({ answer, outcome }) => [answer?.body.toString(), outcome]),
    [
      ['anew', 'miss'],
      ['anew', 'shared'],
    ],
  )
  stuck.resolve(answer('late'))
  for (const one of [first, second]) assert.equal((await one).answer?.body.toString(), 'late')
  assert.equal(cache.peek(key.text)?.answer.body.toString(), 'anew')
  clock.wallMs = 60_000
  const [late, failing] = [Promise.withResolvers<Answer>(), Promise.withResolvers<Answer>()]
  const third = cache.through(timed, () => late.promise)
  clock.monotonicMs = 20_000
  const fourth = cache.through(timed, () => failing.promise)
  failing.reject(new Error('the database is away'))
  await assert.rejects(fourth, /away/)
  late.resolve(answer('late'))
  await third
  assert.equal(cache.peek(key.text)?.answer.body.toString(), 'late')
})

test('Cache.through gives nobody what was begun before an invalidation they could know of, and does not keep it', async () => {
  const { cache } = setUp()
  const old = Promise.withResolvers<Answer>()
  const before = cache.through(key, () => old.promise)
  await cache.invalidate({ tags: ['driver:DRV-1'] })
  const after = cache.through(key, async () => answer('new'))
  assert.equal((await after).answer?.body.toString(), 'new')
  old.resolve(answer('old'))
  assert.equal((await before).answer?.body.toString(), 'old')
  assert.equal(cache.peek(key.text)?.answer.body.toString(), 'new')
})

test('Cache.through keeps no answer that may not be kept, and each who asked computes their own', async () => {
  const { cache } = setUp()
  const computed = Promise.withResolvers<null>()
  let times = 0
  const compute = () => {
    times++
    return computed.promise
  }
  const asked = [cache.through(key, compute), cache.through(key, compute)]
  computed.resolve(null)
  assert.deepEqual(await Promise.all(asked), [
    { answer: null, outcome: 'miss' },
    { answer: null, outcome: 'miss' },
  ])
  assert.equal(times, 2)
})

test('Cache.through tells an error to who began, and asks anew for the others', async () => {
  const { cache } = setUp()
  const failed = Promise.withResolvers<Answer>()
  const [first, second] = [cache.through(key, () => failed.promise), cache.through(key, async () => answer('2'))]
  failed.reject(new Error('the database is away'))
  await assert.rejects(first, /away/)
  assert.equal((await second).answer?.body.toString(), '2')
})

test('Cache.invalidate by pattern and of all takes out what it names', async () => {
  const { cache } = setUp()
  const other = { ...key, text: 'other', path: '/trips' }
  const fill = () => Promise.all([key, other].map((one) => cache.through(one, async () => answer('1'))))
  const here = () => [key, other].map(({ text }) => cache.peek(text) !== null)
  await fill()
  await cache.invalidate({ pattern: '/sc*' })
  assert.deepEqual(here(), [false, true])
  await fill()
  await cache.invalidate({ all: true })
  assert.deepEqual(here(), [false, false])
})

test('Cache goes on without Redis, but gives nothing older than its bound while it hears nothing from others, whatever the wall clock says', async () => {
  const { cache, clock } = setUp({})
  await cache.through(key, async () => answer('1'))
  clock.wallMs = -3_600_000
  clock.monotonicMs = staleBoundMs - 1
  assert.notEqual(cache.peek(key.text), null)
  clock.monotonicMs = staleBoundMs
  assert.equal(cache.peek(key.text), null)
})

test('Cache forgets what another process invalidates', async () => {
  const { cache, tell } = setUp({ hears: () => true })
  await cache.through(key, async () => answer('1'))
  tell({ tags: ['driver:DRV-2'] })
  assert.notEqual(cache.peek(key.text), null)
  tell({ tags: ['driver:DRV-1'] })
  assert.equal(cache.peek(key.text), null)
})
