import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { driverStatistics, emptyDriverStatistics, mergeDriverStatistics } from './driver-statistics.ts'
import { mergeStatistics } from './merge-statistics.ts'
import { statisticsExample } from './statistics-example.ts'

const minuteMs = 60_000
const share = fc.double({ min: 0, max: 1, noNaN: true })
const statistics = fc
  .record({ km: fc.double({ min: 0.1, max: 200, noNaN: true }), gradable: share, temper: share })
  .map((shape) => statisticsExample({ ...shape, events: [] }))
/** Trips of ten minutes, an hour apart. */
const trips = fc
  .array(statistics, { minLength: 1, maxLength: 6 })
  .map((all) =>
    all.map((trip, n) => ({ startAt: n * 60 * minuteMs, endAt: (n * 60 + 10) * minuteMs, statistics: trip })),
  )

test('driverStatistics of nothing are the empty ones', () => {
  assert.deepEqual(driverStatistics([]), emptyDriverStatistics())
})

test('driverStatistics count short and long trips, tops and the moments of each figure by distance', () => {
  const slow = statisticsExample({ km: 4, gradable: 1, temper: 0, events: [] })
  const fast = statisticsExample({ km: 120, gradable: 1, temper: 1, events: [] })
  const { trips, shortM, longM, topSpeedSum, spreads, total } = driverStatistics([
    { startAt: 0, endAt: 10, statistics: slow },
    { startAt: 60 * minuteMs, endAt: 61 * minuteMs, statistics: fast },
  ])
  assert.equal(trips, 2)
  assert.equal(shortM, 4000)
  assert.equal(longM, 120_000)
  assert.equal(topSpeedSum, slow.speedMaxMps + fast.speedMaxMps)
  assert.equal(total.distanceM, 124_000)
  const jerk = (trip: typeof slow) => trip.jerkSquareSum / trip.jerkHistS.reduce((a, b) => a + b, 0)
  assert.equal(spreads.jerk.weight, 124_000)
  assert.ok(Math.abs(spreads.jerk.squareSum - (4000 * jerk(slow) + 120_000 * jerk(fast))) < 1e-6)
  assert.equal(spreads.speeding.trips, 0)
})

test('driverStatistics take segments less than ten minutes apart as one trip', () => {
  fc.assert(
    fc.property(statistics, statistics, (a, b) => {
      const apart = (pauseMs: number) =>
        driverStatistics([
          { startAt: 0, endAt: minuteMs, statistics: a },
          { startAt: minuteMs + pauseMs, endAt: 5 * minuteMs + pauseMs, statistics: b },
        ])
      const whole = [{ startAt: 0, endAt: 5 * minuteMs, statistics: mergeStatistics(a, b) }]
      assert.deepEqual(apart(10 * minuteMs - 1), driverStatistics(whole))
      assert.equal(apart(10 * minuteMs).trips, 2)
    }),
    { seed: 8 },
  )
})

test('mergeDriverStatistics of two parts is the whole, up to rounding', () => {
  fc.assert(
    fc.property(trips, fc.nat({ max: 6 }), (all, at) => {
      const merged = mergeDriverStatistics(driverStatistics(all.slice(0, at)), driverStatistics(all.slice(at)))
      assert.equal(nearly(merged), nearly(driverStatistics(all)))
    }),
    { seed: 9 },
  )
})

/** JSON with floats to nine digits: sums in another order differ in the last ones. */
function nearly(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'number' ? Number(part.toPrecision(9)) : part))
}
