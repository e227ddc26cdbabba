import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LiveState } from '@fairmile/contract/live.ts'
import type { Alert } from '@fairmile/contract/records.ts'
import type { ScreenTrip } from '@fairmile/contract/screen.ts'
import { quality } from '@fairmile/contract/telematics.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import { createScreen } from './screen.ts'
import { readTripShown } from './trip-shown.ts'

const noon = Date.UTC(2026, 5, 1, 12)

const moving: LiveState = {
  at: noon,
  tripId: 'TRP-1',
  lat: 49,
  lon: 12,
  speedMps: 15,
  headingDeg: 0,
  limitKmh: 50,
  aLong: 0,
  aLat: 0,
  liveRisk: 12.6,
  tripDistanceM: 100,
  calibrationConfidence: 1,
  event: null,
}

const brake: Alert = {
  eventId: 'EVT-1',
  tripId: 'TRP-1',
  kind: 'harsh_braking',
  band: 'coach',
  at: noon,
  value: 4.2,
  speedMps: 14,
  lat: null,
  lon: null,
}

function begin(lastTrip: ScreenTrip | null = null) {
  let nowMs = 0
  const kept: ScreenTrip[] = []
  const screen = createScreen({
    thresholds,
    timeZone: 'UTC',
    clock: { rate: 1, monotonicMs: () => nowMs, wallMs: () => noon + nowMs },
    delivery: () => ({ online: true, waiting: 3 }),
    lastTrip,
    keepTrip: (trip) => void kept.push(trip),
  })
  const sensed = (bits: number) => screen.motion({ quality: bits } as MotionSample)
  const pass = (ms: number) => {
    nowMs += ms
  }
  return { screen, kept, sensed, pass }
}

test('createScreen shows the safety score while driving, and the excess only once it is speeding', () => {
  const { screen } = begin()
  screen.live(moving)
  const { view, ground, score, overKmh, limitKmh, waiting } = screen.state()
  assert.deepEqual(
    { view, ground, score, overKmh, limitKmh, waiting },
    { view: 'driving', ground: 'white', score: 87, overKmh: null, limitKmh: 50, waiting: 3 },
  )
  screen.live({ ...moving, speedMps: 18 })
  assert.equal(screen.state().overKmh, 15)
})

test('createScreen tells of an alert at once, of each, and takes it down after a glance', () => {
  const { screen, pass } = begin()
  let told = 0
  screen.onChange = () => void told++
  screen.alert(brake)
  assert.equal(told, 1)
  assert.equal(screen.state().alert?.eventId, 'EVT-1')
  pass(3000)
  screen.alert({ ...brake, eventId: 'EVT-2' })
  assert.equal(screen.state().alert?.eventId, 'EVT-2')
  pass(5900)
  assert.equal(screen.state().alert?.eventId, 'EVT-2')
  pass(200)
  assert.equal(screen.state().alert, null)
})

test('createScreen leaves a crash standing, whatever else happens', () => {
  const { screen, pass } = begin()
  screen.alert({ ...brake, kind: 'crash', eventId: 'EVT-9' })
  screen.alert(brake)
  screen.alert({ ...brake, kind: 'tamper', eventId: 'EVT-10' })
  pass(599_000)
  assert.equal(screen.state().alert?.eventId, 'EVT-9')
  pass(2000)
  assert.equal(screen.state().alert, null)
})

test('createScreen shows no old figure when readings stop, and says what is missing', () => {
  const { screen, sensed, pass } = begin()
  assert.deepEqual(screen.state().troubles, ['no_readings'])
  sensed(quality.noFix | quality.bridged | quality.uncalibrated)
  screen.live({ ...moving, speedMps: 18 })
  assert.deepEqual(screen.state().troubles, ['no_position', 'not_calibrated'])
  pass(3100)
  const { score, overKmh, limitKmh, troubles, view } = screen.state()
  assert.deepEqual(
    { score, overKmh, limitKmh, troubles, view },
    {
      score: null,
      overKmh: null,
      limitKmh: null,
      troubles: ['no_readings'],
      view: 'driving',
    },
  )
})

test('createScreen shows the last trip with what was told of it, and has it kept for the next start', () => {
  const { screen, kept } = begin()
  const count = (kind: string, band: string, grade: string, n: number) => ({ kind, band, grade, count: n })
  screen.trip({
    endAt: noon,
    statistics: {
      distanceM: 1200,
      durationS: 300,
      riskSum: 5000,
      riskS: 250,
      events: [
        count('harsh_cornering', 'coach', 'A', 2),
        count('harsh_braking', 'log', 'A', 7),
        count('harsh_braking', 'count', 'A', 1),
        count('harsh_braking', 'count', 'B', 1),
      ],
    },
  } as unknown as TripRecord)
  const shown = {
    endAt: noon,
    distanceM: 1200,
    durationS: 300,
    score: 80,
    events: [
      { kind: 'harsh_braking', band: 'count', count: 2 },
      { kind: 'harsh_cornering', band: 'coach', count: 2 },
    ],
  }
  assert.deepEqual(screen.state().lastTrip, shown)
  const again = begin(readTripShown(JSON.stringify(kept[0])))
  assert.deepEqual(again.screen.state().lastTrip, shown)
})

test('readTripShown takes nothing for what is missing, damaged or of another agent', () => {
  for (const text of [null, '', '{', '{"endAt":1}', '[]']) assert.equal(readTripShown(text), null)
})
