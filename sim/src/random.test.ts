import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from './random.ts'

test('createRandom gives the same numbers for the same seed and others for another', () => {
  const draw = (seed: number): number[] =>
    Array.from(
      { length: 5 },
      (
        (random) => () =>
          random.uniform()
      )(createRandom(seed)),
    )
  assert.deepEqual(draw(1), draw(1))
  assert.notDeepEqual(draw(1), draw(2))
})

test('createRandom forks do not depend on what was drawn before', () => {
  const fresh = createRandom(3).fork('road').uniform()
  const used = createRandom(3)
  used.normal()
  assert.equal(used.fork('road').uniform(), fresh)
  assert.notEqual(used.fork('car').uniform(), fresh)
})

test('normal, exponential and pick have their moments', () => {
  const random = createRandom(4)
  const many = 40_000
  let sum = 0
  let squares = 0
  let waits = 0
  let picked = 0
  for (let index = 0; index < many; index++) {
    const value = random.normal()
    sum += value
    squares += value * value
    waits += random.exponential(3)
    picked += random.pick([
      [1, 1],
      [0, 3],
    ])
  }
  assert.ok(Math.abs(sum / many) < 0.02)
  assert.ok(Math.abs(squares / many - 1) < 0.03)
  assert.ok(Math.abs(waits / many - 3) < 0.08)
  assert.ok(Math.abs(picked / many - 0.25) < 0.01)
})
