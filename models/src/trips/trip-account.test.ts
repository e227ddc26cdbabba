import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quality } from '@fairmile/contract/telematics.ts'
import fc from 'fast-check'
import { reconcile } from './reconcile.ts'
import { secondsExample } from './seconds-example.ts'
import { tripAccount } from './trip-account.ts'

const steady = (seconds: number, speedMps: number): number[] => new Array<number>(seconds).fill(speedMps)
const whole = (count: number) => ({ bootId: 1, firstSeq: 1, lastSeq: count, events: [] })
const near = (actual: number | null, expected: number, tolerance: number): void =>
  assert.ok(actual !== null && Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} ± ${tolerance}`)

test('tripAccount adds up way, moving and standing, stops and the speeds', () => {
  const speeds = [...steady(61, 10), ...steady(30, 0), ...steady(60, 20), ...steady(40, 0)]
  const account = tripAccount(secondsExample(speeds), whole(speeds.length))
  near(account.distanceM, 60 * 10 + 60 * 20 - 10, 1)
  assert.deepEqual(
    [account.movingS, account.idleS, account.durationS, account.stops, account.speedMaxMps],
    [120, 30, 150, 1, 20],
  )
  assert.deepEqual([account.speedHistS[3], account.speedHistS[7]], [60, 60])
  assert.deepEqual([account.limitKnownS, account.overLimitS], [120, 60])
  assert.deepEqual([account.seconds, account.completeness], [speeds.length, 1])
})

test('tripAccount tells mean and peak of what was felt, and nothing of a box that knows no axes', () => {
  const seconds = secondsExample(steady(10, 10))
  seconds[4] = { ...seconds[4]!, aLongMin: -4, aLatMin: -2.5 }
  const account = tripAccount(seconds, whole(10))
  assert.deepEqual(
    [account.brakingPeakMps2, account.accelerationPeakMps2, account.corneringPeakMps2, account.imuS],
    [4, 0.2, 2.5, 9],
  )
  near(account.brakingMeanMps2, (8 * 0.4 + 4) / 9, 1e-9)
  assert.equal(account.aLongPeakHistS[1], 1)
  const blind = tripAccount(secondsExample(steady(10, 10), { quality: quality.uncalibrated }), whole(10))
  assert.deepEqual([blind.imuS, blind.brakingPeakMps2, blind.brakingMeanMps2], [0, null, null])
})

test('tripAccount bridges what is missing by a straight line, and says how much of the trip is here', () => {
  const all = secondsExample(steady(101, 10))
  const account = tripAccount(
    all.filter(({ seq }) => seq <= 40 || seq > 60),
    whole(101),
  )
  near(account.distanceM, 10 * (39 + 40), 1)
  near(account.bridgedM, 210, 1)
  near(account.completeness, 81 / 101, 1e-9)
})

test('tripAccount takes no way from what cannot be, and goes on over a clock that is set', () => {
  const odd = secondsExample(steady(20, 10)).map((second, n) =>
    n === 10 ? { ...second, speedMps: 400, quality: quality.implausible } : second,
  )
  near(tripAccount(odd, whole(20)).distanceM, 180, 1)
  const set = secondsExample(steady(20, 10)).map((second, n) =>
    n < 10 ? { ...second, at: n * 1000, quality: quality.clockUnset } : second,
  )
  near(tripAccount(set, whole(20)).distanceM, 190, 1)
})

test('tripAccount is the same for any order and any number of copies', () => {
  const speeds = Array.from({ length: 300 }, (_, n) => Math.max(0, 12 + 14 * Math.sin(n / 17)))
  const seconds = [
    ...secondsExample(speeds.slice(0, 120)),
    ...secondsExample(speeds.slice(120), { bootId: 2, atMs: Date.UTC(2026, 5, 1, 12, 3) }),
  ].filter((_, n) => n % 37 !== 5)
  const frame = { bootId: 2, firstSeq: 1, lastSeq: 180, events: [] }
  const expected = tripAccount(seconds, frame)
  fc.assert(
    fc.property(fc.shuffledSubarray([...seconds, ...seconds.slice(50, 170)]), (arrived) => {
      const all = [...arrived, ...seconds]
      assert.deepEqual(tripAccount(all, frame), expected)
      assert.deepEqual(tripAccount(all.toReversed(), frame), expected)
    }),
    { numRuns: 30 },
  )
})

test('tripAccount takes boots by when they began, not by their ids', () => {
  const boots = (first: number, second: number) => [
    ...secondsExample([10, 10, 0], { bootId: first }),
    ...secondsExample([0, 0, 10], { bootId: second, atMs: Date.UTC(2026, 5, 1, 12, 3) }),
  ]
  const accountOf = (first: number, second: number) =>
    tripAccount(boots(first, second), { bootId: second, firstSeq: 1, lastSeq: 3, events: [] })
  assert.deepEqual(accountOf(9, 2), accountOf(2, 9))
  assert.deepEqual([accountOf(9, 2).idleS, accountOf(9, 2).stops], [2, 1])
})

test('reconcile agrees within 3 %, and calls no trip wrong that has not come', () => {
  const account = tripAccount(secondsExample(steady(1001, 20)), whole(1001))
  assert.equal(reconcile(20_300, account).verdict, 'agrees')
  assert.equal(reconcile(21_000, account).verdict, 'differs')
  assert.equal(reconcile(18_000, account).verdict, 'differs')
  assert.equal(reconcile(30_000, { ...account, completeness: 0.66 }).verdict, 'incomplete')
  assert.equal(reconcile(18_000, { ...account, completeness: 0.66 }).verdict, 'differs')
})
