import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quality } from '@fairmile/contract/telematics.ts'
import { thresholds } from '../events/thresholds.ts'
import type { MotionSample } from '../motion.ts'
import { motionExample } from '../motion-example.ts'
import { createStatistics, type StatisticsAccumulator } from './statistics.ts'

const at = Date.UTC(2026, 0, 3, 22, 30) // a Saturday; 23:30 in Berlin

function accumulate(seconds: number, shape: (tS: number) => Partial<MotionSample>): StatisticsAccumulator {
  const statistics = createStatistics({ thresholds, timeZone: 'Europe/Berlin' })
  for (let n = 0; n <= seconds * 10; n++)
    statistics.push(motionExample({ tMs: n * 100, atMs: at + n * 100, ...shape(n / 10) }), 40)
  return statistics
}

const near = (actual: number | undefined, expected: number): void =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1e-6, `${actual} is not ${expected}`)

test('createStatistics integrates steady driving', () => {
  const sums = accumulate(100, () => ({ speedMps: 20, limitKmh: 50, limitConfidence: 1 })).result()
  near(sums.distanceM, 2000)
  near(sums.gradableM, 2000)
  near(sums.durationS, 100)
  near(sums.movingS, 100)
  near(sums.speedSum, 2000)
  near(sums.speedSquareSum, 40_000)
  near(sums.speedHistS[7], 100) // 70–80 km/h
  near(sums.aLongHistS[6], 100) // −0.05–0.05 g
  near(sums.hourHistS[23], 100)
  near(sums.weekendS, 100)
  near(sums.limitKnownS, 100)
  sums.overLimitS.forEach((seconds) => {
    near(seconds, 100) // 72 at 50 is above every band
  })
  near(sums.riskSum / sums.riskS, 40)
  assert.deepEqual([sums.stops, sums.idleS, sums.speedMaxMps], [0, 0, 20])
})

test('createStatistics adds no distance for a parked receiver that drifts', () => {
  const statistics = accumulate(600, (t) => ({ speedMps: 0.4 * Math.abs(Math.sin(t)) }))
  assert.deepEqual([statistics.distanceM, statistics.result().durationS], [0, 0])
})

test('createStatistics counts stops and leaves out the standstill at the end', () => {
  const standing = (t: number): boolean => (t > 10 && t <= 20) || (t > 30 && t <= 31) || t > 40
  const sums = accumulate(60, (t) => ({ speedMps: standing(t) ? 0 : 10 })).result()
  near(sums.idleS, 11)
  near(sums.movingS, 29)
  near(sums.durationS, 40)
  assert.equal(sums.stops, 1) // a second is no stop
})

test('createStatistics judges accelerations only where an event could be graded A', () => {
  const sums = accumulate(20, (t) => ({ aLong: 2.5, sigmaG: t < 10 ? 0.05 : 0.01 })).result()
  near(sums.imuS, 10.1)
  near(sums.gradableM, 202)
  near(sums.aLongHistS[9], 10.1) // 0.2–0.3 g
  near(sums.aLongSquareSum, 6.25 * 10.1)
  const blind = accumulate(20, () => ({ aLong: Number.NaN, quality: quality.noImu })).result()
  assert.deepEqual([blind.imuS, blind.gradableM], [0, 0])
})

test('createStatistics adds up jerk from low-passed accelerations', () => {
  const sums = accumulate(20, (t) => ({ aLong: 0.4 * t - 4 })).result()
  near(
    sums.jerkHistS.reduce((sum, seconds) => sum + seconds, 0),
    20,
  )
  near(sums.jerkHistS[0], 20) // up to 0.5 m/s³
  assert.ok(Math.abs(sums.jerkSquareSum / 20 - 0.16) < 0.01)
})

test('createStatistics knows nothing of the way over a gap', () => {
  const statistics = createStatistics({ thresholds, timeZone: 'UTC' })
  for (const tMs of [0, 1000, 2000, 60_000, 61_000]) statistics.push(motionExample({ tMs, speedMps: 10 }), Number.NaN)
  near(statistics.distanceM, 30)
})

test('createStatistics counts events by kind, band and grade', () => {
  const statistics = createStatistics({ thresholds, timeZone: 'UTC' })
  for (let n = 0; n < 2; n++) statistics.addEvent({ kind: 'harsh_cornering', band: 'coach', grade: 'B' })
  statistics.addEvent({ kind: 'harsh_braking', band: 'count', grade: 'A' })
  assert.deepEqual(statistics.result().events, [
    { kind: 'harsh_braking', band: 'count', grade: 'A', count: 1 },
    { kind: 'harsh_cornering', band: 'coach', grade: 'B', count: 2 },
  ])
  statistics.reset()
  assert.deepEqual(statistics.result().events, [])
})

test('createStatistics counts phone use only in the seconds in which a phone tells, while moving', () => {
  const phone = (t: number): number => (t > 60 ? Number.NaN : t > 20 && t <= 30 ? 1 : 0)
  const sums = accumulate(100, (t) => ({ phoneUse: phone(t), speedMps: t > 50 && t <= 55 ? 0 : 20 })).result()
  near(sums.phoneS, 10)
  near(sums.phoneKnownS, 55)
  assert.equal(accumulate(100, () => ({})).result().phoneKnownS, 0)
})

test('createStatistics credits nothing for motion that cannot be', () => {
  const lie = (t: number) => (t > 20 && t <= 50 ? { quality: quality.implausible, speedMps: 80 } : {})
  const sums = accumulate(100, lie).result()
  // The first step behind it has no speed before it to take the mean with.
  near(sums.distanceM, 20 * 70)
  near(sums.durationS, 70)
  assert.equal(sums.speedMaxMps, 20)
})

test('createStatistics counts time with a limit, and above it, only where speeding could be graded A', () => {
  const sure = { speedMps: 20, limitKmh: 50, limitConfidence: 1 }
  for (const doubt of [
    { limitConfidence: 0.6 },
    { limitConfidence: Number.NaN },
    { hdop: 9 },
    { quality: quality.noFix },
    { quality: quality.bridged },
    { speedMps: Number.NaN },
  ]) {
    const { limitKnownS, overLimitS } = accumulate(100, (t) => (t > 30 ? { ...sure, ...doubt } : sure)).result()
    for (const seconds of [limitKnownS, ...overLimitS]) near(seconds, 30)
  }
  // An IMU is not asked: speeding is judged without one.
  const blind = accumulate(100, () => ({ ...sure, sigmaG: Number.NaN, quality: quality.noImu })).result()
  near(blind.limitKnownS, 100)
})
