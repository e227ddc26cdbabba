import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createBell } from './bell.ts'

const never = new AbortController().signal
/** Longer than a test may take. */
const dueMs = 3_600_000

it('rungOrDue goes on at once where it rang during the look', async () => {
  const bell = createBell()
  const seen = bell.rings()
  bell.ring()
  await bell.rungOrDue(seen, dueMs, never)
})

it('ring calls everybody who waits', async () => {
  const bell = createBell()
  const waits = [1, 2].map(() => bell.rungOrDue(bell.rings(), dueMs, never))
  bell.ring()
  await Promise.all(waits)
})

it('rungOrDue ends with its signal, and when it is due', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const bell = createBell()
  const end = new AbortController()
  const ended = bell.rungOrDue(bell.rings(), dueMs, end.signal)
  end.abort()
  await ended
  await bell.rungOrDue(bell.rings(), dueMs, end.signal)
  const due = bell.rungOrDue(bell.rings(), dueMs, never)
  t.mock.timers.tick(dueMs)
  await due
})

it('keepLooking looks again where it found something, waits where it did not, and outlives a failure', async () => {
  const bell = createBell()
  const end = new AbortController()
  const failures: unknown[] = []
  const looks = [true, true, new Error('away'), false]
  let looked = 0
  const look = async () => {
    const found = looks[looked++]
    if (found === false) end.abort()
    if (found instanceof Error) {
      queueMicrotask(bell.ring)
      throw found
    }
    return found ?? false
  }
  await bell.keepLooking(look, { dueMs, signal: end.signal, failed: (error) => failures.push(error) })
  assert.equal(looked, 4)
  assert.deepEqual(failures, [looks[2]])
})

it('keepLooking waits after a failure, however often it rings', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  t.mock.method(Math, 'random', () => 0.5)
  const bell = createBell()
  const end = new AbortController()
  let looked = 0
  const look = () => {
    bell.ring()
    if (++looked === 9) end.abort() // or it would go on for ever
    return Promise.reject(new Error('away'))
  }
  const looking = bell.keepLooking(look, { dueMs, signal: end.signal, failed: bell.ring })
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const counts: number[] = []
  for (const ms of [0, 49, 1, 99, 1]) {
    t.mock.timers.tick(ms)
    await turn()
    counts.push(looked)
  }
  assert.deepEqual(counts, [1, 1, 2, 2, 3])
  end.abort()
  await looking
})

it('ringOn rings when it is called, tells of a failure, and ends once', async () => {
  const bell = createBell()
  const failures: unknown[] = []
  const failed = (error: unknown) => failures.push(error)
  let ended = 0
  const call = Promise.withResolvers<() => void>()
  const end = bell.ringOn(async (ring) => {
    call.resolve(ring)
    return async () => void ended++
  }, failed)
  ;(await call.promise)()
  assert.equal(bell.rings(), 1)
  await end()
  await end()
  assert.equal(ended, 1)
  const away = new Error('away')
  await bell.ringOn(() => Promise.reject(away), failed)()
  await bell.ringOn(undefined, failed)()
  assert.deepEqual(failures, [away])
})
