import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom, poissonOf } from './random.ts'

test('createRandom gives one stream a seed and index, with the moments of its distributions', () => {
  const stream = (seed: number, index: number) => {
    const random = createRandom(seed, index)
    return Array.from({ length: 5 }, random.uniform)
  }
  assert.deepEqual(stream(1, 2), stream(1, 2))
  assert.notDeepEqual(stream(1, 2), stream(1, 3))
  assert.notDeepEqual(stream(1, 2), stream(2, 2))
  const random = createRandom(1)
  const mean = (draw: () => number): number => {
    let sum = 0
    for (let n = 0; n < 40_000; n++) sum += draw()
    return sum / 40_000
  }
  assert.ok(Math.abs(mean(random.normal)) < 0.02)
  assert.ok(Math.abs(mean(() => random.normal() ** 2) - 1) < 0.03)
  assert.ok(Math.abs(mean(() => random.poisson(1.7)) - 1.7) < 0.03)
})

test('poissonOf is the quantile of the distribution', () => {
  assert.equal(poissonOf(1, Math.exp(-1) - 1e-9), 0)
  assert.equal(poissonOf(1, Math.exp(-1) + 1e-9), 1)
  assert.equal(poissonOf(0, 0.999), 0)
})
