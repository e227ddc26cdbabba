import assert from 'node:assert/strict'
import { test } from 'node:test'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { createOdometerWatch, type OdometerKept, readOdometerKept } from './odometer-watch.ts'

const begin = (saved: OdometerKept | null = null) => {
  const told: [string, number][] = []
  let kept: OdometerKept | null = null
  const watch = createOdometerWatch({
    rules: thresholds.tamper,
    saved,
    tell: (reason, metres) => told.push([reason, Math.round(metres)]),
    keep: (one) => {
      kept = readOdometerKept(JSON.stringify(one))
    },
  })
  /** Drives so many kilometres, of which a share is sensed. */
  const drive = (fromKm: number, km: number, share: number) => {
    for (let n = 0; n <= km * 10; n++) {
      if (n > 0) watch.sensed(100 * share)
      watch.read(fromKm * 1000 + n * 100)
    }
  }
  return { told, watch, drive, kept: () => kept }
}

test('createOdometerWatch is content with a way within 3 % of the odometer’s, and tells of more after 20 km', () => {
  const good = begin()
  good.drive(50_000, 100, 0.975)
  assert.deepEqual(good.told, [])
  const bad = begin()
  bad.drive(50_000, 45, 0.9)
  assert.deepEqual(bad.told, [
    ['odometer_apart', 2000],
    ['odometer_apart', 2000],
  ])
  const long = begin()
  long.drive(50_000, 21, 1.2)
  assert.equal(long.told[0]?.[0], 'odometer_apart')
})

test('createOdometerWatch compares no stretch of which a part was not sensed', () => {
  const { told, watch } = begin()
  for (let n = 0; n <= 500; n++) {
    watch.sensed(n % 2 === 0 ? 100 : Number.NaN)
    watch.read(n * 100)
  }
  assert.deepEqual(told, [])
})

test('createOdometerWatch goes on with its stretch after a boot, and tells of kilometres while it was off', () => {
  const first = begin()
  first.drive(1000, 12, 0.9)
  const kept = first.kept()
  assert.deepEqual(kept, { odometerM: 1_012_000, drivenM: 12_000, sensedM: 10_800 })
  const next = begin(kept)
  next.drive(1012.5, 10, 0.9)
  assert.deepEqual(next.told, [['odometer_apart', 2000]])
  const carried = begin(kept)
  carried.drive(1030, 1, 1)
  assert.deepEqual(carried.told, [['odometer_unseen', 18_000]])
})

test('readOdometerKept gives nothing for what was not kept', () => {
  assert.deepEqual([null, '', '{}', '{"odometerM":1}'].map(readOdometerKept), [null, null, null, null])
})
