import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeByFactoryTrim } from './factory-trim.ts'
import { judgeMpu6050 } from './mpu6050-trim.ts'
import { judgeSelfTest, within } from './self-test.ts'

const at = (...values: number[]) => ({ values, still: true })
const rest = at(0, 0, 1, 0, 0, 0)

test('judgeSelfTest passes six axes that answer, names those that do not, and judges no car that moves', () => {
  const judge = (_sensor: string, _axis: number, response: number) => within(response, 1, 2, 'g')
  assert.equal(judgeSelfTest(rest, at(1.5, -1.5, 2.5, 1, 2, -2), judge).result, 'passed')
  const failed = judgeSelfTest(rest, at(1.5, 0.5, 2.5, 1, 2, 3), judge)
  assert.equal(failed.result, 'failed')
  assert.match(failed.detail, /^accelerometer y answers with 0\.500 g instead of 1 to 2, gyroscope z/)
  assert.equal(judgeSelfTest({ ...rest, still: false }, rest, judge).result, 'moving')
  assert.equal(judgeSelfTest(rest, rest, () => undefined).result, 'unknown')
})

test('judgeMpu6050 computes the factory trim of the register map’s example codes', () => {
  // X: gyroscope 16, accelerometer 0b01110; the register map's formulas give 25 × 1.046^15 and 0.34 × (0.92 / 0.34)^(13 / 30).
  const judge = judgeMpu6050([0x70, 0, 0, 0x20])
  const gyro = 25 * 1.046 ** 15
  const accel = 0.34 * (0.92 / 0.34) ** (13 / 30)
  assert.deepEqual([judge('gyro', 0, gyro), judge('accel', 0, accel)], [null, null])
  assert.equal(judge('gyro', 0, gyro * 1.13), null)
  assert.equal(judge('gyro', 0, gyro * 1.15), 'answers 15 % off its factory trim')
  assert.equal(judge('accel', 0, -accel), 'answers -200 % off its factory trim')
  assert.deepEqual([judge('gyro', 1, 0), judge('accel', 2, 0)], [undefined, undefined])
})

test('judgeMpu6050 expects the y gyroscope to answer the other way round', () => {
  assert.equal(judgeMpu6050([0, 1, 0, 0])('gyro', 1, -25), null)
})

test('judgeByFactoryTrim takes half to one and a half of the factory’s response, more of a gyroscope', () => {
  const judge = judgeByFactoryTrim({ accel: [1, 101, 0], gyro: [1, 1, 0] })
  const g = 2620 / 16_384
  assert.deepEqual([judge('accel', 0, g * 0.51), judge('accel', 0, g * 1.49)], [null, null])
  assert.equal(judge('accel', 0, g * 1.6), 'answers with 160 % of its factory trim')
  assert.equal(judge('accel', 1, g * 1.01 ** 100), null)
  assert.equal(judge('gyro', 0, (2620 / 131) * 3), null)
  assert.equal(judge('gyro', 1, -2620 / 131), 'answers with -100 % of its factory trim')
})

test('judgeByFactoryTrim goes by absolute limits where the factory stored no code', () => {
  const judge = judgeByFactoryTrim({ accel: [0, 0, 0], gyro: [0, 0, 0] })
  assert.deepEqual([judge('gyro', 0, 61), judge('accel', 0, 0.3)], [null, null])
  assert.match(judge('gyro', 0, 59) ?? '', /instead of 60/)
  assert.match(judge('accel', 0, 0.7) ?? '', /instead of 0.225 to 0.675/)
})
