import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAttempts } from './attempts.ts'

test('Attempts blocks a key after its limit, only that key, until the window ends', () => {
  let nowMs = 0
  const attempts = createAttempts({ limit: 2, windowMs: 1_000, now: () => nowMs })
  attempts.fail('a')
  assert.equal(attempts.blockedMs('a'), 0)
  nowMs = 400
  attempts.fail('a')
  assert.equal(attempts.blockedMs('a'), 600)
  assert.equal(attempts.blockedMs('b'), 0)
  nowMs = 1_000
  assert.equal(attempts.blockedMs('a'), 0)
})

test('Attempts.clear forgets a key', () => {
  const attempts = createAttempts({ limit: 1, windowMs: 1_000, now: () => 0 })
  attempts.fail('a')
  attempts.clear('a')
  assert.equal(attempts.blockedMs('a'), 0)
})

test('Attempts watches at most maxKeys and counts what it forgets', () => {
  const attempts = createAttempts({ limit: 1, windowMs: 1_000, maxKeys: 2, now: () => 0 })
  for (const key of ['a', 'b', 'c']) attempts.fail(key)
  assert.equal(attempts.dropped, 1)
  assert.equal(attempts.blockedMs('a'), 0)
  assert.ok(attempts.blockedMs('c') > 0)
})
