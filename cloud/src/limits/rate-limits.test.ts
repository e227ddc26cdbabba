import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rateLimitDefaults, readRateLimits } from './rate-limits.ts'

test('readRateLimits takes what is given and the defaults for the rest', () => {
  assert.deepEqual(readRateLimits(''), rateLimitDefaults)
  assert.deepEqual(readRateLimits(' user=1200, login=0 '), { ...rateLimitDefaults, user: 1_200, login: 0 })
})

test('readRateLimits refuses what it does not know', () => {
  for (const text of ['users=1', 'user', 'user=-1', 'user=1e3', 'constructor=1'])
    assert.throws(() => readRateLimits(text), /FAIRMILE_RATE_LIMITS must be/, text)
})
