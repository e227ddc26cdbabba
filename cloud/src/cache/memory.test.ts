import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEpochs } from './epochs.ts'
import { createMemory, type Entry, maxAnswerBytes } from './memory.ts'

const entry = (over: Partial<Entry> = {}, bodyBytes = 10): Entry => ({
  answer: { headers: {}, body: Buffer.alloc(bodyBytes) },
  path: '/a',
  route: '/a',
  tags: ['t'],
  asOf: 0,
  storedMs: 0,
  expiresMs: 1_000,
  ...over,
})

function setUp({ maxBytes = 1_000_000 } = {}) {
  const clock = { ms: 0 }
  const epochs = createEpochs()
  const counts = { evicted: 0 }
  const memory = createMemory({ epochs, maxBytes, evicted: () => counts.evicted++, now: () => clock.ms })
  return { clock, epochs, counts, memory }
}

test('Memory.get gives what was kept until it expires', () => {
  const { memory, clock } = setUp()
  const kept = entry()
  assert.equal(memory.put('k', kept), true)
  assert.equal(memory.get('k'), kept)
  clock.ms = 1_000
  assert.equal(memory.get('k'), undefined)
  assert.deepEqual(memory.statistics(), { entries: 0, bytes: 0, maxBytes: 1_000_000, evicted: 0 })
})

test('Memory.put refuses what was begun before its tag moved, and get gives it no more', () => {
  const { memory, epochs } = setUp()
  memory.put('k', entry())
  epochs.move(['t'])
  assert.equal(memory.get('k'), undefined)
  assert.equal(memory.put('k', entry()), false)
  assert.equal(memory.put('k', entry({ asOf: epochs.now() })), true)
})

test('Memory.put makes room by what was not asked for longest, counts it, and never holds more than its bytes', () => {
  const { memory, counts } = setUp({ maxBytes: 3 * 1_200 })
  for (const key of ['a', 'b', 'c']) memory.put(key, entry({}, 100))
  memory.get('a')
  memory.put('d', entry({}, 100))
  assert.equal(counts.evicted, 1)
  assert.deepEqual(
    ['a', 'b', 'c', 'd'].map((key) => memory.get(key) !== undefined),
    [true, false, true, true],
  )
  const { bytes, maxBytes } = memory.statistics()
  assert.ok(bytes <= maxBytes)
})

test('Memory.put counts a replaced answer once, and keeps none that is too large', () => {
  const { memory } = setUp({ maxBytes: 4_000_000 })
  memory.put('k', entry({}, 500))
  memory.put('k', entry({}, 100))
  assert.equal(memory.statistics().bytes, 100 + 1 + 1_024)
  assert.equal(memory.put('large', entry({}, maxAnswerBytes + 1)), false)
})

test('Memory.drop takes out what has such a path, and refuses what was being computed', () => {
  const { memory, epochs } = setUp()
  memory.put('k', entry({ path: '/drivers/1/score' }))
  memory.put('l', entry({ path: '/trips/1' }))
  const asOf = epochs.now()
  assert.equal(
    memory.drop((path) => path.startsWith('/drivers/')),
    1,
  )
  assert.equal(memory.get('k'), undefined)
  assert.notEqual(memory.get('l'), undefined)
  assert.equal(memory.put('k', entry({ asOf })), false)
  assert.equal(memory.put('k', entry({ asOf: epochs.now() })), true)
})
