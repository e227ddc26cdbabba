import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drivenIn } from './overview.ts'
import { spreadOf } from './portfolio-scores.ts'

test('spreadOf gives mean, its interval and bins, and keeps who has no score apart', () => {
  const found = spreadOf([
    { bin: 8, drivers: 2, sum: 160, squares: 2 * 80 ** 2 },
    { bin: 4, drivers: 2, sum: 80, squares: 2 * 40 ** 2 },
    { bin: null, drivers: 3, sum: null, squares: null },
  ])
  assert.deepEqual([found.scored, found.unscored, found.mean], [4, 3, 60])
  assert.deepEqual(found.bins, [0, 0, 0, 0, 2, 0, 0, 0, 2, 0])
  // Deviation 23.09 of the sample, by √4, times 1.645.
  assert.ok(Math.abs((found.interval?.low ?? 0) - (60 - 18.995)) < 0.01)
})

test('spreadOf says nothing where there is nothing to say', () => {
  assert.deepEqual(spreadOf([]), { scored: 0, unscored: 0, mean: null, interval: null, bins: new Array(10).fill(0) })
  assert.equal(spreadOf([{ bin: 9, drivers: 1, sum: 100, squares: 10_000 }]).interval, null)
})

test('drivenIn adds up the last days alone', () => {
  const days = [1, 2, 4].map((n) => ({ trips: n, km: n * 0.1 }))
  assert.deepEqual(drivenIn(days, 1), { trips: 4, km: 0.4 })
  assert.deepEqual(drivenIn(days, 30), { trips: 7, km: 0.7 })
})
