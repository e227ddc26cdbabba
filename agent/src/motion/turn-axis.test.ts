import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTurnAxis } from './turn-axis.ts'

const none = Float64Array.of(0, 0, 0)

test('createTurnAxis tells nothing before the car has turned', () => {
  const axis = createTurnAxis()
  for (let s = 0; s < 60; s++) axis.push(Float64Array.of(0.001, 0.002, -0.001), 0, none, 0.001)
  assert.equal(axis.up, null)
})

test('createTurnAxis takes its sign from the courses', () => {
  const axis = createTurnAxis()
  // The device looks down: turns to the left are negative about its z.
  for (let s = 0; s < 20; s++) {
    const turn = 0.3 * Math.sin(s)
    axis.push(Float64Array.of(0.02 * Math.cos(s), 0.6 * turn, -0.8 * turn), 0, none, turn)
  }
  const up = axis.up!
  assert.ok(Math.abs(up[1]! - 0.6) < 0.02 && Math.abs(up[2]! + 0.8) < 0.02, `${up}`)
})

test('createTurnAxis finds the axis without courses', () => {
  const axis = createTurnAxis()
  for (let s = 0; s < 20; s++) axis.push(Float64Array.of(0.3 * Math.sin(s), 0.01, 0), 0, none, Number.NaN)
  assert.ok(Math.abs(axis.up![0]!) > 0.99)
})
