import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createGyroBias } from './gyro-bias.ts'

const up = Float64Array.of(0, 0, 1)

test('createGyroBias takes most of the bias off within a second at rest', () => {
  const gyro = createGyroBias()
  gyro.rest(Float64Array.of(9, 0.01, -0.02, 0.03), 1, 1)
  assert.ok(Math.hypot(gyro.vector[0]! - 0.01, gyro.vector[1]! + 0.02, gyro.vector[2]! - 0.03) < 0.001)
})

test('createGyroBias does not take the turning of a handled device for bias', () => {
  const gyro = createGyroBias()
  for (let s = 0; s < 5; s++) gyro.rest(Float64Array.of(0.01, 0, 0), 0, 1)
  gyro.rest(Float64Array.of(0.8, 0.5, 0), 0, 1)
  assert.ok(Math.hypot(gyro.vector[0]! - 0.01, gyro.vector[1]!) < 0.002)
})

test('createGyroBias finds the bias about the vertical by courses, without a stop', () => {
  const gyro = createGyroBias()
  for (let s = 0; s < 120; s++) {
    const turn = 0.1 * Math.sin(s / 5)
    gyro.drive(Float64Array.of(0, 0, turn + 0.02), 0, up, turn, 1)
  }
  assert.ok(Math.abs(gyro.vector[2]! - 0.02) < 0.003, `${gyro.vector[2]}`)
  assert.equal(gyro.vector[0], 0)
})

test('createGyroBias starts from a bias that is known, as sure as one that has drifted for minutes', () => {
  const known = Float64Array.of(0.1, -0.05, 0.02)
  const bias = createGyroBias(known)
  bias.rest(Float64Array.of(0.1, -0.05, 0.02), 0, 1)
  assert.deepEqual([...bias.vector], [...known])
  assert.ok(bias.sigma < 0.01)
  known[0] = 1
  assert.equal(bias.vector[0], 0.1)
})
