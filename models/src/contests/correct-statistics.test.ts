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
const correct = (...corrections: EventCorrection[]) => correctStatistics(statistics, corrections, thresholds.speeding)
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
  assert.deepEqual(correctStatistics(emptyStatistics(), [braked], thresholds.speeding), emptyStatistics())
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
