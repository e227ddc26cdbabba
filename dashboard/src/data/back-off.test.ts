import assert from 'node:assert/strict'
import { it } from 'node:test'
import { backOffMs } from './back-off.ts'

it('backOffMs grows to its cap and stays there for any attempt', () => {
  const random = () => 1
  assert.deepEqual(
    [0, 1, 2, 100, 1e9].map((attempt) => backOffMs(attempt, { random, baseMs: 10, capMs: 35 })),
    [10, 20, 35, 35, 35],
  )
  assert.equal(backOffMs(5, { random: () => 0 }), 0)
})
