import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import {
  type DriverStatistics,
  emptyDriverStatistics,
  mergeDriverStatistics,
  type Spread,
} from '../trips/driver-statistics.ts'
import { emptyStatistics } from '../trips/merge-statistics.ts'
import { driverFeatures, driverFeaturesNamed, exposureKm, writeDriverFeatures } from './driver.ts'

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
  aLongHistS: [18, 18, 36, 72, 180, 36, 3060, 0, 0, 90, 54, 18, 18],
  aLatHistS: [9, 9, 18, 36, 72, 0, 3276, 0, 108, 36, 18, 9, 9],
  aLongSquareSum: 3600 * 0.64,
  aLatSquareSum: 3600 * 0.36,
  jerkHistS: [1600, 800, 400, 400, 200, 100, 100],
  jerkSquareSum: 3600 * 2.25,
  hourHistS: [180, 0, 0, 180, 0, 0, 0, 360, 360, 1440, 0, 0, 0, 0, 0, 0, 180, 0, 180, 0, 180, 0, 0, 540],
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
    { kind: 'harsh_lane_change', band: 'coach', grade: 'A', count: 2 },
    { kind: 'speeding', band: 'coach', grade: 'A', count: 6 },
    { kind: 'speeding', band: 'count', grade: 'C', count: 6 },
  ],
}

/** Four trips of a figure whose mean is `mean` and whose standard deviation is `deviation`. */
const spread = (mean: number, deviation: number): Spread => ({
  trips: 4,
  weight: 50_000,
  sum: 50_000 * mean,
  squareSum: 50_000 * (mean * mean + deviation * deviation),
})

/** That hour, driven in four trips. */
const driver: DriverStatistics = {
  total: hour,
  trips: 4,
  topSpeedSum: 100,
  shortM: 5000,
  longM: 20_000,
  spreads: {
    speed: spread(14, 3),
    braking: spread(0.04, 0.01),
    acceleration: spread(0.05, 0.02),
    cornering: spread(0.04, 0.03),
    jerk: spread(1.5, 0.5),
    speeding: spread(0.1, 0.05),
  },
}

const byHand: Record<string, number> = {
  speed_mean: 50, // 50 km in an hour of moving
  speed_std: Math.sqrt(1_000_000 / 3600 - (50_000 / 3600) ** 2) * 3.6,
  speed_top: 90, // 25 m/s
  slow_share: 300 / 3600,
  urban_share: 1500 / 3600,
  above_110_share: 1500 / 3600,
  above_130_share: 900 / 3600,
  stop_rate: 50,
  idle_share: 0.1,
  speeding_share: 0.1,
  excessive_speeding_share: 0.05,
  harsh_braking_rate: 10, // 4 in 40 km
  harsh_acceleration_rate: 5,
  harsh_cornering_rate: 2.5,
  harsh_lane_change_rate: 5,
  speeding_rate: 15,
  gentle_braking_share: 0.06,
  braking_share: 0.04,
  hard_braking_share: 0.02,
  acceleration_share: 0.05,
  hard_acceleration_share: 0.025,
  coasting_share: 0.85,
  gentle_cornering_share: 0.05,
  cornering_share: 0.04,
  hard_cornering_share: 0.02,
  along_rms: 0.8,
  alat_rms: 0.6,
  jerk_rms: 1.5,
  calm_jerk_share: 1600 / 3600,
  high_jerk_share: 400 / 3600,
  extreme_jerk_share: 200 / 3600,
  night_share: 900 / 3600, // 23, 0 and 3 h
  evening_share: 0.05,
  rush_share: 1080 / 3600, // 7, 8, 16 and 18 h
  weekend_share: 0.25,
  trip_km: 12.5,
  trip_minutes: 4000 / 60 / 4,
  short_trip_share: 0.1,
  long_trip_share: 0.4,
  speed_between_trips: 3,
  braking_between_trips: 0.01,
  acceleration_between_trips: 0.02,
  cornering_between_trips: 0.03,
  jerk_between_trips: 0.5,
  speeding_between_trips: 0.05,
}

test('driverFeatures agree with values worked out by hand', () => {
  assert.deepEqual(
    driverFeatures.map(({ name }) => name),
    Object.keys(byHand),
  )
  for (const { name, value, unit, formula, reason } of driverFeatures) {
    assert.ok(Math.abs(value(driver) - byHand[name]!) < 1e-9, `${name}: ${value(driver)} is not ${byHand[name]}`)
    assert.ok(unit && formula && reason)
  }
})

test('driverFeatures are at least 36, each with a name of its own', () => {
  assert.ok(driverFeatures.length >= 36)
  assert.equal(new Set(driverFeatures.map(({ name }) => name)).size, driverFeatures.length)
})

test('writeDriverFeatures does not change when the same driving is done twice', () => {
  const twice = mergeDriverStatistics(driver, driver)
  assert.deepEqual(row(twice), row(driver))
  assert.equal(exposureKm(twice), 100)
})

test('writeDriverFeatures knows nothing without evidence', () => {
  assert.ok(row(emptyDriverStatistics()).every(Number.isNaN))
})

test('writeDriverFeatures takes an outage of GNSS as unknown, not as standing still', () => {
  const total = emptyStatistics()
  total.distanceM = 72_000
  total.movingS = 3600
  total.speedSum = 1800 * 40
  total.speedSquareSum = 1800 * 1600
  total.speedHistS[13] = 1800
  const values = row({ ...emptyDriverStatistics(), total })
  const of = (name: string): number => values[driverFeatures.findIndex((feature) => feature.name === name)]!
  assert.equal(of('speed_mean'), 144)
  assert.equal(of('speed_std'), 0)
  assert.equal(of('above_130_share'), 1)
})

test('driverFeatures see no crash, no phone, nothing below grade A, and not how much was driven', () => {
  const events = [
    ...hour.events,
    { kind: 'crash', band: 'count', grade: 'A', count: 1 } as const,
    { kind: 'harsh_cornering', band: 'count', grade: 'B', count: 5 } as const,
  ]
  assert.deepEqual(row({ ...driver, total: { ...hour, events, phoneS: 600 } }), row(driver))
})

test('driverFeaturesNamed keeps to the order asked for, knows what former models took, and names what it does not have', () => {
  const asked = driverFeaturesNamed(['phone_share', 'speed_mean'])
  const out = new Float32Array(2)
  writeDriverFeatures(driver, out, asked)
  assert.deepEqual([...out], [Math.fround(0.1), 50])
  assert.throws(() => driverFeaturesNamed(['speed_mean', 'star_sign']), /"star_sign"/)
})

function row(statistics: DriverStatistics): number[] {
  const out = new Float32Array(driverFeatures.length)
  writeDriverFeatures(statistics, out)
  return [...out]
}
