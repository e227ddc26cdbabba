import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quality } from '@fairmile/contract/telematics.ts'
import { contradictionOf } from '@fairmile/contract/trip-contradiction.ts'
import fc from 'fast-check'
import { foundTrips } from './found-trips.ts'
import { secondsExample } from './seconds-example.ts'

const speeds = (...parts: [seconds: number, speedMps: number][]): number[] =>
  parts.flatMap(([seconds, speedMps]) => new Array<number>(seconds).fill(speedMps))
const ranges = (found: ReturnType<typeof foundTrips>) => found.map(({ firstSeq, lastSeq }) => [firstSeq, lastSeq])

test('foundTrips begins with the first motion and ends with the last, ten minutes of standing apart', () => {
  const seconds = secondsExample(speeds([20, 0], [100, 10], [598, 0], [100, 12], [601, 0], [90, 20], [30, 0]))
  assert.deepEqual(ranges(foundTrips(seconds, [])), [
    [21, 818],
    [1420, 1509],
  ])
})

test('foundTrips finds nothing in what the car has trips of, and what lies on both sides of them', () => {
  const seconds = secondsExample(speeds([1000, 15]))
  assert.deepEqual(foundTrips(seconds, [{ firstSeq: 1, lastSeq: 1000 }]), [])
  assert.deepEqual(ranges(foundTrips(seconds, [{ firstSeq: 401, lastSeq: 600 }])), [
    [1, 400],
    [601, 1000],
  ])
})

test('foundTrips takes parking, crawling and what has no time for no trip', () => {
  assert.deepEqual(foundTrips(secondsExample(speeds([30, 0], [20, 10], [600, 0])), []), [])
  assert.deepEqual(foundTrips(secondsExample(speeds([900, 1])), []), [])
  assert.deepEqual(foundTrips(secondsExample(speeds([900, 15]), { quality: quality.clockUnset }), []), [])
})

test('foundTrips grades nothing: way, time and speed alone', () => {
  const [trip = assert.fail()] = foundTrips(secondsExample(speeds([301, 20])), [])
  const { statistics } = trip
  assert.ok(Math.abs(statistics.distanceM - 6000) < 1)
  assert.deepEqual(
    [statistics.gradableM, statistics.imuS, statistics.limitKnownS, statistics.events, statistics.durationS],
    [0, 0, 0, [], 300],
  )
})

test('foundTrips says of driving whose clock went back times that hold its seconds', () => {
  const seconds = secondsExample(speeds([600, 15])).map((second) =>
    second.seq <= 300 ? second : { ...second, at: second.at - 3_600_000 },
  )
  const [trip = assert.fail()] = foundTrips(seconds, [])
  assert.equal(contradictionOf({ ...trip, id: 'TRP-1', endReason: 'still', thresholdsHash: 'ab' }), null)
  assert.equal(trip.endAt, seconds.at(-1)?.at)
})

test('foundTrips contradict themselves in no drive', () => {
  const drive = fc.array(fc.tuple(fc.nat({ max: 200 }), fc.double({ min: 0, max: 60, noNaN: true })), { maxLength: 12 })
  fc.assert(
    fc.property(drive, fc.nat({ max: 900 }), fc.integer({ min: -4000, max: 4000 }), (parts, setAt, stepS) => {
      const seconds = secondsExample(speeds(...parts)).map((second) =>
        second.seq <= setAt ? second : { ...second, at: second.at + stepS * 1000 },
      )
      for (const trip of foundTrips(seconds, []))
        assert.equal(contradictionOf({ ...trip, id: 'TRP-1', endReason: 'still', thresholdsHash: 'ab' }), null)
    }),
  )
})

test('foundTrips is the same for any order and any number of copies', () => {
  const seconds = secondsExample(speeds([40, 0], [90, 11], [30, 0], [120, 17], [650, 0], [80, 9]))
  const covered = [{ firstSeq: 100, lastSeq: 140 }]
  const expected = foundTrips(seconds, covered)
  assert.equal(expected.length, 2)
  fc.assert(
    fc.property(
      fc.shuffledSubarray(seconds, { minLength: 1 }),
      fc.shuffledSubarray(seconds, { minLength: seconds.length }),
      (again, all) => {
        assert.deepEqual(foundTrips([...again, ...all], covered), expected)
      },
    ),
    { numRuns: 30 },
  )
})
