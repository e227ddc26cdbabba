import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quality } from '@fairmile/contract/telematics.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import { contradictionOf } from '@fairmile/contract/trip-contradiction.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import { motionExample } from '@fairmile/models/motion-example.ts'
import { readTripCheckpoint, type TripCheckpoint } from './trip-checkpoint.ts'
import { createTripLog } from './trip-log.ts'

const noon = Date.UTC(2026, 10, 23, 12)

/** A boot that began so many seconds after noon, and drives at 20 m/s whenever it is told to. */
const startBoot = (boot: number, bootS: number, saved: TripCheckpoint | null = null) => {
  const trips: TripRecord[] = []
  const started: string[] = []
  let kept: TripCheckpoint | null = saved
  let seq = 1
  const log = createTripLog({
    device: 'DEV-1',
    boot,
    thresholds,
    timeZone: 'UTC',
    nextSeq: () => seq,
    ...(saved && { savedTrip: saved }),
    output: {
      trip: (trip) => trips.push(trip),
      tripStarted: ({ tripId }) => started.push(tripId),
      keepTrip: (trip) => {
        // As the outbox does: through text.
        kept = readTripCheckpoint(trip === null ? '' : JSON.stringify(trip))
      },
    },
  })
  const drive = (fromS: number, toS: number, changes: Partial<MotionSample> = {}, ignition: boolean | null = null) => {
    for (let n = fromS * 10; n < toS * 10; n++) {
      log.push(motionExample({ tMs: n * 100, atMs: noon + bootS * 1000 + n * 100, ...changes }), ignition, Number.NaN)
      if (n % 10 === 0) log.stored(seq++, true)
    }
  }
  return { log, trips, started, drive, kept: () => kept }
}

const near = (actual: number | undefined, expected: number) =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) < 45, `${actual} is not ${expected}`)

/** A boot that lost its power after so many seconds of a trip. */
const cutAfter = (seconds: number): TripCheckpoint => {
  const first = startBoot(1, 0)
  first.drive(0, seconds)
  return first.kept()!
}

test('createTripLog goes on with a trip that lost its power less than ten minutes ago, with the sums of both parts', () => {
  const saved = cutAfter(101)
  const next = startBoot(2, 300, saved)
  next.drive(0, 100)
  next.log.end('shutdown')
  assert.deepEqual(next.started, [saved.id])
  assert.equal(next.trips.length, 1)
  const [trip] = next.trips
  assert.deepEqual([trip?.id, trip?.startAt, trip?.endReason], [saved.id, noon, 'shutdown'])
  assert.equal(trip?.endAt, noon + 399_900)
  // 101 s, of which the last 16 had not been kept, and 100 s.
  near(trip?.statistics.distanceM, 85 * 20 + 2000)
  assert.deepEqual([trip?.firstSeq, trip?.lastSeq], [1, 100])
})

test('createTripLog keeps a running trip every twenty seconds: a power cut costs no more of its sums', () => {
  // From the fifth second on, when the trip is sure.
  assert.deepEqual(
    [24, 26, 104, 106].map((seconds) => Math.round(cutAfter(seconds).statistics.durationS)),
    [5, 25, 85, 105],
  )
})

for (const [why, bootS, changes] of [
  ['ten minutes are over', 800, {}],
  ['the time is not known', 300, { quality: quality.clockUnset }],
  ['the car is elsewhere', 300, { lat: 50 }],
  ['the clock went back', 20, {}],
] as const)
  test(`createTripLog closes a trip that lost its power where ${why}, at its last known moment`, () => {
    const saved = cutAfter(101)
    const next = startBoot(2, bootS, saved)
    next.drive(0, 60, changes)
    next.log.end('shutdown')
    assert.deepEqual(
      next.trips.map(({ endReason, firstSeq }) => [endReason, firstSeq]),
      [
        ['power_loss', 0],
        ['shutdown', 1],
      ],
    )
    assert.deepEqual([next.trips[0]?.id, next.trips[0]?.endAt], [saved.id, saved.endAt])
    assert.notEqual(next.trips[1]?.id, saved.id)
  })

test('createTripLog closes a trip that lost its power once this boot is ten minutes old, whatever the clock says', () => {
  const saved = cutAfter(101)
  const { log, trips, kept } = startBoot(2, 300, saved)
  log.tick(599_000)
  assert.equal(trips.length, 0)
  log.tick(600_000)
  assert.deepEqual([trips[0]?.id, trips[0]?.endReason, kept()], [saved.id, 'power_loss', null])
})

test('createTripLog sends a trip when the ignition goes off, and once more, whole, when it went on within ten minutes', () => {
  const { drive, log, trips } = startBoot(1, 0)
  drive(0, 100, {}, true)
  drive(100, 101, { speedMps: 0 }, false)
  drive(400, 500, {}, true)
  drive(500, 501, { speedMps: 0 }, false)
  drive(1400, 1500, {}, true)
  log.end('shutdown')
  const [first, second, third] = trips
  assert.equal(second?.id, first?.id)
  assert.notEqual(third?.id, first?.id)
  near(first?.statistics.distanceM, 2000)
  near(second?.statistics.distanceM, 4000)
  near(third?.statistics.distanceM, 2000)
  assert.deepEqual([second?.startAt, second?.firstSeq], [first?.startAt, first?.firstSeq])
})

test('createTripLog tells a trip whose clock was set back between its parts by times that hold its seconds', () => {
  const { drive, log, trips } = startBoot(1, 0)
  const yearMs = 365 * 86_400_000
  drive(0, 100, {}, true)
  drive(100, 101, { speedMps: 0 }, false)
  for (let n = 3000; n < 4000; n++)
    log.push(motionExample({ tMs: n * 100, atMs: noon - yearMs + n * 100 }), true, Number.NaN)
  log.end('shutdown')
  const trip = trips.at(-1)
  assert.equal(trip?.id, trips[0]?.id)
  near(trip?.statistics.durationS, 200)
  assert.equal(contradictionOf(trip!), null)
  assert.deepEqual([trip?.endAt, trip && trip.startAt < trip.endAt - 199_000], [noon - yearMs + 399_900, true])
})

test('createTripLog tells a trip whose clock was set between its parts by what it says then, months ahead', () => {
  const { drive, log, trips } = startBoot(1, 0)
  const aheadMs = 60 * 86_400_000
  drive(0, 100, { quality: quality.clockUnset }, true)
  drive(100, 101, { speedMps: 0, quality: quality.clockUnset }, false)
  for (let n = 3000; n < 4000; n++)
    log.push(motionExample({ tMs: n * 100, atMs: noon + aheadMs + n * 100 }), true, Number.NaN)
  log.end('shutdown')
  const [first, second] = trips
  assert.deepEqual([second?.id, second?.startAt, second?.endAt], [first?.id, noon + aheadMs, noon + aheadMs + 399_900])
  near(second?.statistics.durationS, 200)
})

test('createTripLog ends a trip ten minutes after the last sample, when none comes any more', () => {
  const { drive, log, trips, kept } = startBoot(1, 0)
  drive(0, 100)
  log.tick(650_000)
  assert.equal(trips.length, 0)
  log.tick(700_000)
  assert.deepEqual([trips[0]?.endReason, trips[0]?.endAt, kept()], ['still', noon + 99_900, null])
})

test('readTripCheckpoint gives nothing for what is no checkpoint, or one of another version', () => {
  const saved = cutAfter(60)
  assert.deepEqual(readTripCheckpoint(JSON.stringify(saved)), saved)
  // What an older version kept goes on.
  const { startTMs: _startTMs, ...older } = saved
  assert.deepEqual(readTripCheckpoint(JSON.stringify(older)), { ...saved, startTMs: null })
  const { riskS: _riskS, ...fewer } = saved.statistics
  const bad = [null, '', '{', 'null', '7', JSON.stringify({ ...saved, statistics: fewer })]
  assert.deepEqual(
    bad.map(readTripCheckpoint),
    bad.map(() => null),
  )
})
