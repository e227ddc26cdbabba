import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeRecord, encodeRecord } from './codec.ts'
import { tripRecord } from './records.arbitrary.ts'
import { accelerationBinsG, jerkBinsMps3, speedBinsKmh, type TripRecord, type TripStatistics } from './trip.ts'
import { contradictionOf } from './trip-contradiction.ts'

const startAt = Date.UTC(2026, 5, 1, 12)
const zeros = (length: number) => new Array<number>(length).fill(0)

/** An hour at 60 km/h. */
function hour(changes: Partial<TripStatistics> = {}, times: Partial<TripRecord> = {}): TripRecord {
  const hist = (length: number) => [3_500, ...zeros(length - 1)]
  const statistics: TripStatistics = {
    ...{ distanceM: 60_000, gradableM: 59_000, durationS: 3_600, movingS: 3_500, idleS: 100, stops: 12 },
    ...{ speedMaxMps: 33.3, speedSum: 60_000, speedSquareSum: 1_200_000, speedHistS: hist(speedBinsKmh.length + 1) },
    ...{ imuS: 3_500, aLongHistS: hist(accelerationBinsG.length + 1), aLatHistS: hist(accelerationBinsG.length + 1) },
    ...{ aLongSquareSum: 900, aLatSquareSum: 900, jerkHistS: hist(jerkBinsMps3.length + 1), jerkSquareSum: 900 },
    ...{ hourHistS: hist(24), weekendS: 0, limitKnownS: 3_000, overLimitS: [90, 20, 0], phoneS: 5, phoneKnownS: 3_500 },
    ...{ riskSum: 34_000, riskS: 4_100, events: [{ kind: 'harsh_braking', band: 'count', grade: 'A', count: 3 }] },
    ...changes,
  }
  return {
    ...{ id: 'TRP-0123456789AB', startAt, endAt: startAt + 3_600_000, endReason: 'still' },
    ...{ startLat: null, startLon: null, endLat: null, endLon: null, firstSeq: 1, lastSeq: 3_600 },
    ...{ thresholdsHash: 'ab', statistics },
    ...times,
  }
}

/** What would contradict the trip's time or its kind of road, each number all right by itself. */
const impossible: [RegExp, TripRecord][] = [
  [/^firstSeq is 9, but lastSeq allows at most 8$/, hour({}, { firstSeq: 9, lastSeq: 8 })],
  [/^durationS is 200000, but the longest trip of 172800 s allows/, hour({ durationS: 200_000 })],
  [/^movingS \+ idleS is 13500, but durationS of 3600 s/, hour({ idleS: 10_000 })],
  [/^The sum of hourHistS is 7000, but movingS of 3500 s/, hour({ hourHistS: [3_500, 3_500, ...zeros(22)] })],
  [/^imuS is 9000, but movingS/, hour({ imuS: 9_000 })],
  [/^weekendS is 9000, but movingS/, hour({ weekendS: 9_000 })],
  [/^limitKnownS is 9000, but movingS/, hour({ limitKnownS: 9_000 })],
  [/^The longest of overLimitS is 3400, but limitKnownS of 3000 s/, hour({ overLimitS: [3_400, 0, 0] })],
  [/^phoneS is 5000, but phoneKnownS/, hour({ phoneS: 5_000 })],
  [/^speedMaxMps is 151, but any car allows at most 150$/, hour({ speedMaxMps: 151 })],
  [/^distanceM is 1000000000, but movingS of 3500 s at 150 m\/s/, hour({ distanceM: 1e9, speedSum: 1e9 })],
  [/^distanceM is 120000, but speedSum of 60000 m/, hour({ distanceM: 120_000 })],
  [/^speedSum is 120000, but distanceM of 60000 m/, hour({ speedSum: 120_000 })],
  [/^gradableM is 90000, but distanceM of 60000 m/, hour({ gradableM: 90_000 })],
  [/^speedSquareSum is 20000000, but speedSum/, hour({ speedSquareSum: 2e7 })],
  [/^aLatSquareSum is 1000000000, but imuS of 3500 s at 160 m\/s²/, hour({ aLatSquareSum: 1e9 })],
  [/^stops is 700, but idleS of 100 s/, hour({ stops: 700 })],
  [
    /^The number of speeding events is 6000, but durationS of 3600 s/,
    hour({
      events: [
        { kind: 'speeding', band: 'log', grade: 'A', count: 3_000 },
        { kind: 'speeding', band: 'coach', grade: 'B', count: 3_000 },
      ],
    }),
  ],
]

test('contradictionOf says of a trip that cannot be what contradicts what', () => {
  assert.equal(contradictionOf(hour()), null)
  for (const [says, trip] of impossible) assert.match(contradictionOf(trip) ?? 'nothing', says)
})

test('contradictionOf leaves room for rounding, clocks that were set on the way and trips of a second', () => {
  for (const endAt of [startAt, startAt + 600_000, startAt + 60 * 86_400_000])
    assert.equal(contradictionOf(hour({}, { endAt })), null)
  const moment = { durationS: 1.1, movingS: 1.1, idleS: 0, stops: 0, distanceM: 4, speedSum: 4, gradableM: 4 }
  const none = {
    imuS: 0,
    limitKnownS: 0,
    phoneKnownS: 0,
    speedHistS: zeros(16),
    hourHistS: zeros(24),
    overLimitS: [0, 0, 0],
  }
  const bins = { aLongHistS: zeros(13), aLatHistS: zeros(13), jerkHistS: zeros(7) }
  const sums = { ...moment, ...none, ...bins, speedSquareSum: 16 } as Partial<TripStatistics>
  assert.equal(contradictionOf(hour(sums, { endAt: startAt + 1000 })), null)
})

test('contradictionOf takes every trip whose parts are within the whole, and no trip of many times two days', () => {
  fc.assert(
    fc.property(tripRecord, fc.integer({ min: 2, max: 1000 }), (trip, times) => {
      assert.equal(contradictionOf(trip), null)
      const statistics = { ...trip.statistics, durationS: 172_800 * times }
      assert.match(contradictionOf({ ...trip, statistics }) ?? 'nothing', /^durationS is/)
    }),
  )
})

test('encodeRecord and decodeRecord take a trip that contradicts itself: what waits in a car is for the cloud to judge', () => {
  for (const [, trip] of impossible) {
    const record = { type: 'trip', trip } as const
    assert.deepEqual(decodeRecord('trips', encodeRecord('trips', record)), record)
  }
})
