import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { emptyStatistics, mergeStatistics } from '../trips/merge-statistics.ts'
import { driverFeatures, exposureKm, writeDriverFeatures } from './driver.ts'

/** An hour of driving over 50 km, of which 40 could be graded; numbers chosen to divide well. */
const hour: TripStatistics = {
  ...emptyStatistics(),
  distanceM: 50_000,
  gradableM: 40_000,
  durationS: 4000,
  movingS: 3600,
  idleS: 400,
  stops: 25,
  speedMaxMps: 38,
  speedSum: 50_000,
  speedSquareSum: 1_000_000,
  speedHistS: [100, 200, 300, 400, 500, 600, 0, 0, 0, 0, 0, 600, 0, 600, 200, 100],
  imuS: 3600,
  aLongHistS: [18, 18, 36, 72, 0, 0, 3276, 0, 0, 90, 54, 18, 18],
  aLatHistS: [9, 9, 18, 36, 0, 0, 3456, 0, 0, 36, 18, 9, 9],
  aLongSquareSum: 3600 * 0.64,
  aLatSquareSum: 3600 * 0.36,
  jerkHistS: [1600, 800, 400, 400, 200, 100, 100],
  jerkSquareSum: 3600 * 2.25,
  hourHistS: [180, 0, 0, 180, 0, 0, 0, 360, 360, 1440, 0, 0, 0, 0, 0, 0, 180, 0, 180, 0, 0, 0, 0, 720],
  weekendS: 900,
  limitKnownS: 1800,
  overLimitS: [180, 90, 45],
  phoneS: 60,
  phoneKnownS: 600,
  events: [
    { kind: 'harsh_braking', band: 'log', grade: 'A', count: 7 },
    { kind: 'harsh_braking', band: 'coach', grade: 'A', count: 3 },
    { kind: 'harsh_braking', band: 'count', grade: 'A', count: 1 },
    { kind: 'harsh_braking', band: 'count', grade: 'B', count: 9 },
    { kind: 'harsh_acceleration', band: 'coach', grade: 'A', count: 2 },
    { kind: 'harsh_cornering', band: 'count', grade: 'A', count: 1 },
  ],
}

const byHand: Record<string, number> = {
  speed_mean: 50, // 50 km in an hour of moving
  speed_std: Math.sqrt(1_000_000 / 3600 - (50_000 / 3600) ** 2) * 3.6,
  urban_share: 1500 / 3600,
  above_110_share: 1500 / 3600,
  above_130_share: 900 / 3600,
  stop_rate: 50,
  idle_share: 0.1,
  harsh_braking_rate: 10, // 4 in 40 km
  harsh_acceleration_rate: 5,
  harsh_cornering_rate: 2.5,
  braking_share: 0.04,
  hard_braking_share: 0.02,
  acceleration_share: 0.05,
  cornering_share: 0.04,
  hard_cornering_share: 0.02,
  along_rms: 0.8,
  alat_rms: 0.6,
  jerk_rms: 1.5,
  high_jerk_share: 400 / 3600,
  night_share: 1080 / 3600, // 23, 0 and 3 h
  rush_share: 1080 / 3600, // 7, 8, 16 and 18 h
  weekend_share: 0.25,
  speeding_share: 0.1,
  excessive_speeding_share: 0.05,
  phone_share: 0.1,
}

test('driverFeatures agree with values worked out by hand', () => {
  assert.deepEqual(
    driverFeatures.map(({ name }) => name),
    Object.keys(byHand),
  )
  for (const { name, value, unit, formula, reason } of driverFeatures) {
    assert.ok(Math.abs(value(hour) - byHand[name]!) < 1e-9, `${name}: ${value(hour)} is not ${byHand[name]}`)
    assert.ok(unit && formula && reason)
  }
})

test('writeDriverFeatures does not change when the same driving is done twice', () => {
  const once = new Float32Array(driverFeatures.length)
  const twice = new Float32Array(driverFeatures.length)
  writeDriverFeatures(hour, once)
  writeDriverFeatures(mergeStatistics(hour, hour), twice)
  assert.deepEqual(twice, once)
  assert.equal(exposureKm(mergeStatistics(hour, hour)), 100)
})

test('writeDriverFeatures knows nothing without evidence', () => {
  const out = new Float32Array(driverFeatures.length)
  writeDriverFeatures(emptyStatistics(), out)
  assert.ok(out.every(Number.isNaN))
})

test('writeDriverFeatures takes an outage of GNSS as unknown, not as standing still', () => {
  const hour = emptyStatistics()
  hour.distanceM = 72_000
  hour.movingS = 3600
  hour.speedSum = 1800 * 40
  hour.speedSquareSum = 1800 * 1600
  hour.speedHistS[13] = 1800
  const out = new Float32Array(driverFeatures.length)
  writeDriverFeatures(hour, out)
  const of = (name: string): number => out[driverFeatures.findIndex((feature) => feature.name === name)]!
  assert.equal(of('speed_mean'), 144)
  assert.equal(of('speed_std'), 0)
  assert.equal(of('above_130_share'), 1)
})

test('driverFeatures see no crash', () => {
  const row = (statistics: TripStatistics) => {
    const out = new Float32Array(driverFeatures.length)
    writeDriverFeatures(statistics, out)
    return [...out]
  }
  const crashed = { ...hour, events: [...hour.events, { kind: 'crash', band: 'count', grade: 'A', count: 1 } as const] }
  assert.deepEqual(row(crashed), row(hour))
})
