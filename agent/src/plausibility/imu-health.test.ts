import assert from 'node:assert/strict'
import { test } from 'node:test'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { ImuSample } from '../sensors.ts'
import { createImuHealth } from './imu-health.ts'

/** What is found in ten seconds of a car that shakes at 50 Hz. */
const found = (changes: (tS: number) => Partial<ImuSample>, gravityIncluded = true) => {
  const health = createImuHealth({ gravityIncluded })
  const reasons: (string | null)[] = []
  for (let n = 0; n < 500; n++) {
    const shake = Math.sin(n * 12.9898)
    const sample = { ax: shake, ay: -shake, az: G_MPS2 + shake, gx: shake / 9, gy: shake / 8, gz: shake / 7 }
    reasons.push(health.push({ tMs: n * 20, ...sample, ...changes(n / 50) }))
  }
  return [...new Set(reasons)]
}
const nothing = { ax: 0, ay: 0, az: 0, gx: 0, gy: 0, gz: 0 }

test('createImuHealth finds nothing in a car that drives, with a gyro, with one of one axis, or without one', () => {
  assert.deepEqual(
    found(() => ({})),
    [null],
  )
  assert.deepEqual(
    found(() => ({ gx: 0, gy: 0 })),
    [null],
  )
  assert.deepEqual(
    found(() => ({ gx: Number.NaN, gy: Number.NaN, gz: Number.NaN })),
    [null],
  )
})

test('createImuHealth finds readings that stand still, all of them or one axis that was alive', () => {
  assert.deepEqual(
    found((tS) => (tS > 4 ? { ...nothing, az: 9.8 } : {})),
    [null, 'imu_frozen'],
  )
  assert.deepEqual(
    found((tS) => (tS > 4 ? { ay: 0.3 } : {})),
    [null, 'imu_frozen'],
  )
})

test('createImuHealth finds a car without weight and one of sixteen weights, but no crash and no pothole', () => {
  const weightless = (tS: number) => ({
    az: Math.sin(tS * 99) / 9,
    ax: Math.cos(tS * 77) / 9,
    ay: 0.1 * Math.sin(tS * 55),
  })
  assert.deepEqual(found(weightless), [null, 'imu_range'])
  assert.deepEqual(found(weightless, false), [null])
  assert.deepEqual(
    found((tS) => (tS > 4 ? { ax: -16 * G_MPS2 + Math.sin(tS) } : {})),
    [null, 'imu_range'],
  )
  assert.deepEqual(
    found((tS) => (tS > 4 && tS < 4.15 ? { ax: -16 * G_MPS2 } : {})),
    [null],
  )
})

test('createImuHealth refuses what is no number', () => {
  assert.deepEqual(
    found((tS) => (tS > 4 ? { ay: Number.NaN } : {})),
    [null, 'bad_number'],
  )
})
