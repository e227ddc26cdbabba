import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gaussLegendre } from './gauss-legendre.ts'

test('gaussLegendre has the points and weights of the tables', () => {
  const [, one, two, three] = gaussLegendre(3)
  assert.deepEqual([...one!.points, ...one!.weights], [0.5, 1])
  near(two!.points, [(1 - 1 / Math.sqrt(3)) / 2, (1 + 1 / Math.sqrt(3)) / 2])
  near(two!.weights, [1 / 2, 1 / 2])
  near(three!.points, [(1 - Math.sqrt(3 / 5)) / 2, 1 / 2, (1 + Math.sqrt(3 / 5)) / 2])
  near(three!.weights, [5 / 18, 8 / 18, 5 / 18])
})

test('gaussLegendre of n points integrates every power to 2n − 1', () => {
  for (const [n, { points, weights }] of gaussLegendre(20).entries())
    for (let power = 0; power < 2 * n; power++) {
      const sum = points.reduce((total, point, index) => total + weights[index]! * point ** power, 0)
      assert.ok(Math.abs(sum - 1 / (power + 1)) < 1e-14, `${n} points, power ${power}: ${sum}`)
    }
})

function near(actual: Float64Array, expected: number[]): void {
  assert.equal(actual.length, expected.length)
  for (const [index, value] of expected.entries()) assert.ok(Math.abs(actual[index]! - value) < 1e-15)
}
