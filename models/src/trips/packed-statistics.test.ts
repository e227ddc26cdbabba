import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bands, eventKinds, grades } from '@fairmile/contract/driving-event.ts'
import { driverStatistics, emptyDriverStatistics } from './driver-statistics.ts'
import { layoutOf, packedLayout, packStatistics, unpackStatistics } from './packed-statistics.ts'
import { statisticsExample } from './statistics-example.ts'

const events = eventKinds.flatMap((kind) => bands.flatMap((band) => grades.map((grade) => ({ kind, band, grade }))))
const trips = [0.1, 0.3, 0.7].map((temper, n) => ({
  startAt: n * 86_400_000,
  endAt: n * 86_400_000 + 1_800_000,
  statistics: statisticsExample({ km: 11.1 + n / 3, gradable: 1 / 3, temper, events: events.slice(n * 20) }),
}))

test('packStatistics keeps every number to the last bit', () => {
  const added = driverStatistics(trips)
  assert.ok(added.total.events.length === events.length)
  const packed = packStatistics(added)
  assert.deepEqual(unpackStatistics(packed), added)
  assert.deepEqual(unpackStatistics(packStatistics(emptyDriverStatistics())), emptyDriverStatistics())
  // As the database gives it: a part of a larger buffer, at any byte.
  const within = new Uint8Array(packed.length + 3)
  within.set(packed, 3)
  assert.deepEqual(unpackStatistics(within.subarray(3)), added)
})

test('packStatistics is no longer than half of the JSON', () => {
  const added = driverStatistics(trips.map((trip) => ({ ...trip, statistics: { ...trip.statistics, events: [] } })))
  assert.ok(packStatistics(added).length * 2 < JSON.stringify(added).length)
})

test('unpackStatistics refuses what was packed otherwise, cut off, or no number', () => {
  const packed = packStatistics(driverStatistics(trips))
  assert.equal(layoutOf(packed), packedLayout)
  assert.ok(Number.isNaN(layoutOf(packed.subarray(0, 3))))
  const other = packed.slice()
  new DataView(other.buffer).setFloat64(0, packedLayout + 1, true)
  assert.throws(() => unpackStatistics(other), /the layout is 2/)
  assert.throws(() => unpackStatistics(packed.subarray(0, 200)), /they end after 200 bytes/)
  const broken = packed.slice()
  new DataView(broken.buffer).setFloat64(80, Number.NaN, true)
  assert.throws(() => unpackStatistics(broken), /NaN at byte 80/)
  const strange = packed.slice()
  new DataView(strange.buffer).setFloat64(packed.length - 16, 10_000, true)
  assert.throws(() => unpackStatistics(strange), /no event 10000/)
})
