import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRateMemory } from './rate-store.ts'

test('RateStore.take counts a key within its window, which begins with the first request', () => {
  let nowMs = 1_000
  const store = createRateMemory({ now: () => nowMs })
  assert.deepEqual(store.take('a', 60_000), { count: 1, leftMs: 60_000 })
  nowMs += 20_000
  assert.deepEqual(store.take('a', 60_000), { count: 2, leftMs: 40_000 })
  assert.deepEqual(store.take('b', 60_000), { count: 1, leftMs: 60_000 })
  nowMs += 40_000
  assert.deepEqual(store.take('a', 60_000), { count: 1, leftMs: 60_000 })
})

test('RateStore.take watches so many keys at most: the first makes room', () => {
  const store = createRateMemory({ maxKeys: 2, now: () => 0 })
  for (const key of ['a', 'b', 'c']) store.take(key, 1_000)
  assert.deepEqual(store.take('c', 1_000), { count: 2, leftMs: 1_000 })
  assert.deepEqual(store.take('a', 1_000), { count: 1, leftMs: 1_000 })
})
