import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quality } from '@fairmile/contract/telematics.ts'
import { motionExample } from '../motion-example.ts'
import { createTripFinder, type TripFinder } from './trip.ts'

/** A finder that writes down what it tells, and a way to drive it in seconds. */
function setUp(): {
  told: unknown[]
  finder: TripFinder
  drive(fromS: number, toS: number, speedMps: number, ignition?: boolean): void
} {
  const told: unknown[] = []
  const finder = createTripFinder({
    sink: {
      started: (start) => told.push(['started', start.tMs / 1000]),
      ended: (start, end, reason) => told.push([reason, start.tMs / 1000, end.tMs / 1000]),
    },
  })
  return {
    told,
    finder,
    drive(fromS, toS, speedMps, ignition) {
      for (let n = fromS * 10; n < toS * 10; n++)
        finder.push(motionExample({ tMs: n * 100, speedMps }), ignition ?? null)
    },
  }
}

test('createTripFinder starts after 5 s at 8 km/h, from the first motion on', () => {
  const { told, finder, drive } = setUp()
  drive(0, 10, 0)
  assert.equal(finder.phase, 'parked')
  drive(10, 14, 3)
  assert.equal(finder.phase, 'starting')
  drive(14, 16, 3)
  assert.equal(finder.phase, 'driving')
  assert.deepEqual(told, [['started', 10]])
})

test('createTripFinder takes no drift and no shunting for a trip', () => {
  const { told, finder, drive } = setUp()
  drive(0, 60, 1.5)
  drive(60, 64, 3)
  drive(64, 70, 0)
  assert.deepEqual([told, finder.phase], [[], 'parked'])
})

test('createTripFinder starts at once with ignition and ends when it is switched off', () => {
  const { told, drive } = setUp()
  drive(0, 5, 0, true)
  drive(5, 6, 2, true)
  drive(6, 60, 10, true)
  drive(60, 70, 0, true)
  drive(70, 71, 0, false)
  assert.deepEqual(told, [
    ['started', 5],
    ['ignition_off', 5, 59.9],
  ])
})

test('createTripFinder ends ten minutes after the last motion, at that motion, and keeps shorter pauses', () => {
  const { told, drive } = setUp()
  drive(0, 60, 10)
  drive(60, 650, 0) // 590 s
  drive(650, 700, 10)
  drive(700, 1305, 0)
  assert.deepEqual(told, [
    ['started', 0],
    ['still', 0, 699.9],
  ])
})

test('createTripFinder needs no samples to notice ten minutes without any', () => {
  const { told, drive } = setUp()
  drive(0, 60, 10)
  drive(2000, 2010, 10)
  assert.deepEqual(told, [
    ['started', 0],
    ['still', 0, 59.9],
    ['started', 2000],
  ])
})

test('createTripFinder finds a trip by motion where the speed is unknown', () => {
  const { told, finder } = setUp()
  for (let n = 0; n < 100; n++)
    finder.push(motionExample({ tMs: n * 100, speedMps: Number.NaN, aLong: n % 15 === 0 ? 1 : 0 }), null)
  finder.end('recording_end')
  finder.end('recording_end')
  assert.deepEqual(told, [
    ['started', 0],
    ['recording_end', 0, 9],
  ])
})

test('createTripFinder starts no trip by motion that cannot be', () => {
  const starts: number[] = []
  const finder = createTripFinder({ sink: { started: ({ tMs }) => starts.push(tMs), ended() {} } })
  for (let n = 0; n < 600; n++)
    finder.push(motionExample({ tMs: n * 100, speedMps: 30, quality: n < 300 ? quality.implausible : 0 }), true)
  assert.equal(finder.phase, 'driving')
  assert.deepEqual(starts, [30_000])
})
