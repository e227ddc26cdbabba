import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contradictionOf } from '@fairmile/contract/trip-contradiction.ts'
import fc from 'fast-check'
import { foundRests } from './found-rests.ts'
import { foundTrips } from './found-trips.ts'
import { secondsExample } from './seconds-example.ts'

const [found = assert.fail()] = foundTrips(secondsExample(new Array<number>(1_001).fill(20)), [])
const told = (fromS: number, toS: number, distanceM: number) => ({
  ...{ startAt: found.startAt + fromS * 1000, endAt: found.startAt + toS * 1000, statistics: { distanceM } },
})
const near = (actual: number | undefined, expected: number) =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 1, `${actual} is not ${expected}`)

test('foundRests are the parts before and after a record, with the metres that it does not tell', () => {
  const [before, after, ...others] = foundRests(found, told(200, 400, 6_000))
  assert.deepEqual([before?.firstSeq, before?.lastSeq, after?.firstSeq, after?.lastSeq], [1, 200, 402, 1_001])
  assert.deepEqual([before?.endAt, after?.startAt], [found.startAt + 200_000, found.startAt + 400_000])
  assert.deepEqual(others, [])
  near(before?.statistics.distanceM, 3_500)
  near(after?.statistics.distanceM, 10_500)
  assert.equal(after?.statistics.speedMaxMps, 20)
  near(after?.statistics.movingS, 525)
})

test('foundRests of a record that reaches out counts what of it lies within', () => {
  const [after, ...others] = foundRests(found, told(-600, 600, 24_000))
  assert.deepEqual([after?.firstSeq, after?.lastSeq, others], [602, 1_001, []])
  near(after?.statistics.distanceM, 8_000)
})

test('foundRests of a record that lies apart are all that was found', () => {
  for (const record of [told(-900, -300, 6_000), told(1_300, 1_900, 6_000)]) {
    const [all, ...others] = foundRests(found, record)
    const { startAt, endAt, firstSeq, lastSeq } = found
    assert.deepEqual([all?.startAt, all?.endAt, all?.firstSeq, all?.lastSeq], [startAt, endAt, firstSeq, lastSeq])
    assert.deepEqual(others, [])
    near(all?.statistics.distanceM, found.statistics.distanceM)
  }
})

test('foundRests are none where too little is left, and no faster than the trip', () => {
  assert.deepEqual(foundRests(found, told(-5, 1_010, 19_000)), [])
  assert.deepEqual(foundRests(found, told(50, 1_000, 5_000)), [])
  assert.deepEqual(foundRests(found, told(100, 1_000, 19_900)), [])
  near(foundRests(found, told(100, 1_000, 5_000))[0]?.statistics.distanceM, 2_000)
})

test('foundRests contradict themselves nowhere, though the trip stood for long', () => {
  const speeds = [
    ...new Array<number>(200).fill(40),
    ...new Array<number>(590).fill(0),
    ...new Array<number>(400).fill(12),
  ]
  const [stood = assert.fail()] = foundTrips(secondsExample(speeds), [])
  fc.assert(
    fc.property(
      fc.integer({ min: -100, max: 1_300 }),
      fc.integer({ min: 0, max: 1_300 }),
      fc.nat({ max: 40_000 }),
      (from, lasts, metres) => {
        const record = {
          ...{ startAt: stood.startAt + from * 1000, endAt: stood.startAt + (from + lasts) * 1000 },
          statistics: { distanceM: metres },
        }
        for (const rest of foundRests(stood, record)) {
          const place = { startLat: null, startLon: null, endLat: null, endLon: null }
          const trip = { ...rest, ...place, id: 'TRP-1', endReason: 'still' as const, thresholdsHash: 'ab' }
          assert.equal(contradictionOf(trip), null)
          assert.ok(rest.statistics.durationS <= (rest.endAt - rest.startAt) / 1000 + 1)
        }
      },
    ),
  )
})
