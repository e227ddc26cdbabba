import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quality } from '@fairmile/contract/telematics.ts'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { MotionSample } from '../motion.ts'
import { motionExample } from '../motion-example.ts'
import { createWindow, windowFeatures } from './window.ts'
import { createWindowSums, sumWindow, type WindowColumns, windowSamples } from './window-sums.ts'

/** Features by name of columns that are filled by sample number. */
function featuresOf(fill: Partial<Record<keyof WindowColumns, (n: number) => number>>): Record<string, number> {
  const column = (of?: (n: number) => number): Float64Array =>
    Float64Array.from({ length: windowSamples }, (_, n) => of?.(n) ?? Number.NaN)
  const columns: WindowColumns = {
    speed: column(fill.speed),
    aLong: column(fill.aLong),
    aLat: column(fill.aLat),
    yawRate: column(fill.yawRate),
    limit: column(fill.limit),
  }
  const sums = createWindowSums()
  sumWindow(columns, 0, sums)
  return Object.fromEntries(windowFeatures.map(({ name, value }) => [name, value(sums)]))
}

function near(found: Record<string, number>, expected: Record<string, number>): void {
  for (const [name, value] of Object.entries(expected))
    assert.ok(Math.abs(found[name]! - value) < 1e-9, `${name}: ${found[name]} is not ${value}`)
}

test('windowFeatures have 24 names, each once, with unit, formula and reason', () => {
  assert.equal(windowFeatures.length, 24)
  assert.equal(new Set(windowFeatures.map(({ name }) => name)).size, 24)
  for (const { unit, formula, reason } of windowFeatures) assert.ok(unit && formula && reason)
})

test('windowFeatures of speed agree with values worked out by hand', () => {
  // 25 samples at 0, 25 at 10, 50 at 20 m/s: mean 12.5, mean square 225, deviation √(225 − 156.25).
  const found = featuresOf({ speed: (n) => (n < 25 ? 0 : n < 50 ? 10 : 20), limit: () => 36 })
  near(found, {
    speed_mean: 12.5,
    speed_std: Math.sqrt(68.75),
    speed_max: 20,
    speed_range: 20,
    speed_change: 20,
    standing_share: 0.25,
    over_limit_mean: 0.5, // half of the samples at twice the limit
  })
})

test('windowFeatures of braking and acceleration agree with values worked out by hand', () => {
  // 20 samples at −3, 30 at +2, 50 at 0 m/s²: mean 0, mean square 3; two steps of 3 and 2 … in 99 differences.
  const found = featuresOf({ speed: () => 10, aLong: (n) => (n < 20 ? -3 : n < 50 ? 2 : 0), aLat: () => 0 })
  near(found, {
    along_mean: 0,
    along_std: Math.sqrt(3),
    brake_max: 3,
    accel_max: 2,
    brake_share: 0.2,
    accel_share: 0.3,
    combined_max: 3,
    jerk_rms: Math.sqrt((50 ** 2 + 20 ** 2) / 99),
    jerk_max_abs: 50,
    brake_power_max: 30,
  })
})

test('windowFeatures of cornering agree with values worked out by hand', () => {
  // Ten samples at +0.3 g, then ten at −0.3 g, and so on: nine changes of side.
  const side = 0.3 * G_MPS2
  const found = featuresOf({
    aLong: () => 0,
    aLat: (n) => (Math.floor(n / 10) % 2 === 0 ? side : -side),
    yawRate: (n) => (n % 2 === 0 ? 0.1 : -0.1),
  })
  near(found, {
    alat_mean_abs: side,
    alat_std: side,
    alat_max_abs: side,
    corner_share: 1,
    lat_reversals: 9,
    jerk_lat_rms: Math.sqrt((9 * (20 * side) ** 2) / 99),
    yaw_rate_std: 0.1,
    combined_max: side,
  })
})

test('windowFeatures are unknown where under half of the samples is known', () => {
  const found = featuresOf({ speed: (n) => (n < 49 ? 10 : Number.NaN), aLong: (n) => (n < 50 ? -1 : Number.NaN) })
  assert.ok(Number.isNaN(found.speed_mean))
  near(found, { along_mean: -1 })
  assert.ok(Number.isNaN(found.alat_std) && Number.isNaN(found.over_limit_mean) && Number.isNaN(found.yaw_rate_std))
})

test('createWindow is full after 100 samples and starts anew after a gap', () => {
  const window = createWindow()
  const out = new Float32Array(windowFeatures.length)
  const push = (from: number, to: number, changes: Partial<MotionSample> = {}): void => {
    for (let n = from; n < to; n++) window.push(motionExample({ tMs: n * 100, ...changes }))
  }
  push(0, 99)
  assert.equal(window.full, false)
  push(99, 150, { speedMps: 10 })
  assert.equal(window.full, true)
  window.write(out)
  assert.equal(out[0], Math.fround(14.9)) // 51 of 100 at 10 m/s, the others at 20
  push(200, 299)
  assert.equal(window.full, false)
  push(299, 301)
  window.write(out)
  assert.equal(out[0], 20)
})

test('createWindow begins anew behind motion that cannot be', () => {
  const window = createWindow()
  for (let n = 0; n < 150; n++) {
    window.push(motionExample({ tMs: n * 100, quality: n === 120 ? quality.implausible : 0 }))
    assert.equal(window.full, n >= 99 && n < 120)
  }
})
