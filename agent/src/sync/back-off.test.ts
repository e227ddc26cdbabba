import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createBackOff } from './back-off.ts'

describe('createBackOff', () => {
  it('doubles its bound up to the largest, and begins anew after a success', () => {
    const backOff = createBackOff({ baseMs: 100, maxMs: 500, random: () => 0.999 })
    assert.deepEqual(
      [1, 2, 3, 4, 5].map(() => backOff.next()),
      [99, 199, 399, 499, 499],
    )
    backOff.reset()
    assert.equal(backOff.next(), 99)
  })

  it('spreads the waits over the whole of the bound', () => {
    const draws = [0, 0.5]
    const backOff = createBackOff({ baseMs: 100, maxMs: 500, random: () => draws.shift() ?? 0 })
    assert.deepEqual([backOff.next(), backOff.next()], [0, 100])
  })
})
