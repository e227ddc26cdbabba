import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { theilSen } from './theil-sen.ts'

describe('theilSen', () => {
  it('finds the slope of a line', () => {
    assert.equal(theilSen([0, 1, 2, 5].map((x) => ({ x, y: 3 * x + 1 }))), 3)
  })

  it('is not bent by a few wild points', () => {
    const points = Array.from({ length: 40 }, (_, x) => ({ x, y: x % 7 === 0 ? 1000 : 2 * x }))
    assert.ok(Math.abs(theilSen(points) - 2) < 0.01)
  })

  it('says nothing of one point', () => {
    assert.ok(Number.isNaN(theilSen([{ x: 1, y: 1 }])))
  })
})
