import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { thresholds } from '../events/thresholds.ts'
import { emptyStatistics } from '../trips/merge-statistics.ts'
import { correctStatistics, type EventCorrection } from './correct-statistics.ts'
import { speedingExample } from './speeding-example.ts'

const brake = { kind: 'harsh_braking', band: 'count', grade: 'A' } as const
const speeding = { kind: 'speeding', band: 'count', grade: 'A' } as const
const statistics: TripStatistics = {
  ...emptyStatistics(),
  limitKnownS: 600,
  overLimitS: [50, 40, 30],
  events: [
    { ...brake, count: 2 },
    { ...speeding, count: 1 },
  ],
}
const correct = (...corrections: EventCorrection[]) => correctStatistics(statistics, corrections, thresholds)
const braked: EventCorrection = {
  event: { ...brake, limitKmh: null, durationMs: 1000, trace: null },
  instead: null,
}

test('correctStatistics takes an event out, and nothing else', () => {
  assert.deepEqual(correct(braked), {
    ...statistics,
    events: [
      { ...brake, count: 1 },
      { ...speeding, count: 1 },
    ],
  })
  assert.deepEqual(correct(braked, braked).events, [{ ...speeding, count: 1 }])
  assert.deepEqual(statistics.events[0], { ...brake, count: 2 })
})

test('correctStatistics takes nothing out that the trip has not counted', () => {
  assert.deepEqual(correct(braked, braked, braked).events, [{ ...speeding, count: 1 }])
  assert.deepEqual(correctStatistics(emptyStatistics(), [braked], thresholds), emptyStatistics())
})

test('correctStatistics takes the seconds above the limit along with an event of speeding', () => {
  const event = speedingExample({ kmh: 86 })
  const { events, overLimitS, limitKnownS } = correct({ event, instead: null })
  assert.deepEqual([events, limitKnownS], [[{ ...brake, count: 2 }], 600])
  assert.deepEqual(
    overLimitS.map((seconds) => Math.round(seconds * 10) / 10),
    [30, 20, 10],
  )
})

test('correctStatistics counts an event by the true limit: a lower band, and the seconds above that', () => {
  const event = speedingExample({ kmh: 86 })
  const { events, overLimitS } = correct({ event, instead: { band: 'coach', limitKmh: 70 } })
  assert.deepEqual(events, [
    { ...brake, count: 2 },
    { ...speeding, band: 'coach', count: 1 },
  ])
  // 16 km/h above 70: beyond the bands of 7 and 10.5, below the one of 20.
  assert.deepEqual(
    overLimitS.map((seconds) => Math.round(seconds * 10) / 10),
    [50, 40, 10],
  )
})

test('correctStatistics takes no more seconds than there are', () => {
  const event = speedingExample({ kmh: 86, seconds: 60 })
  assert.deepEqual(correct({ event, instead: null }).overLimitS, [0, 0, 0])
})

test('correctStatistics takes no seconds along with speeding below grade A, of which the car counted others', () => {
  const doubtful = { ...speedingExample({ kmh: 86 }), grade: 'B' as const }
  const driven = { ...statistics, events: [...statistics.events, { ...speeding, grade: 'B' as const, count: 1 }] }
  for (const instead of [null, { band: 'coach' as const, limitKmh: 70 }]) {
    const { overLimitS, limitKnownS, events } = correctStatistics(driven, [{ event: doubtful, instead }], thresholds)
    assert.deepEqual([overLimitS, limitKnownS], [statistics.overLimitS, statistics.limitKnownS])
    assert.ok(events.some(({ kind, grade }) => kind === 'speeding' && grade === 'A'))
    assert.ok(!events.some(({ band, grade }) => band === 'count' && grade === 'B'))
  }
})

test('correctStatistics takes the seconds of a phone in the hand along with their event, and no others', () => {
  const use = { kind: 'phone_use', band: 'count', grade: 'C' } as const
  const event = { ...use, limitKmh: null, durationMs: 12_300, trace: null }
  const after = (phoneS: number) =>
    correctStatistics(
      { ...statistics, phoneS, phoneKnownS: 600, events: [{ ...use, count: 1 }] },
      [{ event, instead: null }],
      thresholds,
    )
  // As the car adds them up: 124 steps of 100 ms, the one into the first moment among them.
  const added = Array.from({ length: 124 }, () => 0.1).reduce((sum, step) => sum + step, 0)
  assert.deepEqual([after(added).phoneS, after(added).phoneKnownS, after(added).events], [0, 600, []])
  assert.equal(after(added + 5).phoneS, 5)
  assert.equal(after(3).phoneS, 0)
})
