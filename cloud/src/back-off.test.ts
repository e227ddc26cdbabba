import assert from 'node:assert/strict'
import { it } from 'node:test'
import { backOffMs } from './back-off.ts'

const range = { firstMs: 100, maxMs: 10_000 }

it('backOffMs doubles its bound up to the longest, however often something failed', () => {
  const bounds = [0, 1, 6, 7, 5_000].map((failures) => backOffMs(range, failures, () => 1))
  assert.deepEqual(bounds, [100, 200, 6_400, 10_000, 10_000])
})

it('backOffMs draws from the whole range', () => {
  const draws = [0, 0.25].map((drawn) => backOffMs(range, 1, () => drawn))
  assert.deepEqual(draws, [0, 50])
})
