import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quality } from '@fairmile/contract/telematics.ts'
import type { MotionSample } from '../motion.ts'
import { motionExample } from '../motion-example.ts'
import { createEventDetector, type JudgedEvent, type OnsetNotice } from './event-detector.ts'
import { thresholds } from './thresholds.ts'

/** Judges a car without an IMU in a 50 km/h street, at the km/h that the shape gives for each second. */
function judge(
  seconds: number,
  kmhAt: (tS: number) => number,
  changes: (tS: number) => Partial<MotionSample> = () => ({}),
) {
  const events: JudgedEvent[] = []
  const notices: OnsetNotice[] = []
  const sink = { event: (e: JudgedEvent) => events.push(e), onset: (n: OnsetNotice) => notices.push(n) }
  const detector = createEventDetector({ thresholds, sink })
  for (let n = 0; n < seconds * 10; n++) {
    const unknown = {
      aLong: Number.NaN,
      aLat: Number.NaN,
      aVert: Number.NaN,
      sigmaG: Number.NaN,
      quality: quality.noImu,
    }
    const limit = { limitKmh: 50, limitConfidence: 1 }
    const speedMps = kmhAt(n / 10) / 3.6
    detector.push(motionExample({ ...unknown, ...limit, tMs: n * 100, speedMps, ...changes(n / 10) }))
  }
  detector.flush()
  return { events, notices }
}

const during = (from: number, to: number, kmh: number) => (tS: number) => (tS >= from && tS < to ? kmh : 45)

test('createSpeedingDetector finds speeding with band, times, peak, limit, trace and grade A', () => {
  const { events, notices } = judge(90, during(20, 40, 62))
  assert.deepEqual(
    events.map(({ kind, band, grade, gradeReasons, startTMs, endTMs, limitKmh }) => [
      kind,
      band,
      grade,
      gradeReasons,
      startTMs,
      endTMs,
      limitKmh,
    ]),
    [['speeding', 'coach', 'A', [], 20_000, 39_900, 50]],
  )
  assert.ok(Math.abs(events[0]!.peak - 12 / 3.6) < 1e-9)
  assert.equal(events[0]!.trace?.offsetMs[0], -10_000)
  assert.deepEqual(
    notices.map(({ band, tMs }) => [band, tMs]),
    [['coach', 30_000]],
  )
})

test('createSpeedingDetector has bands by the larger of km/h and share, each held for ten seconds', () => {
  const bandsOf = (kmh: number, seconds = 15, limitKmh = 50) =>
    judge(60, during(20, 20 + seconds, kmh), () => ({ limitKmh })).events.map(({ band }) => band)
  assert.deepEqual(bandsOf(54.9), [])
  assert.deepEqual(bandsOf(55.5), ['log'])
  assert.deepEqual(bandsOf(71), ['count'])
  assert.deepEqual(bandsOf(71, 9.9), [])
  assert.deepEqual(bandsOf(113, 15, 100), ['log']) // 13 % of a higher limit
  assert.deepEqual(bandsOf(124, 15, 100), ['coach'])
  assert.deepEqual(bandsOf(126, 15, 100), ['count'])
})

test('createSpeedingDetector joins over a short pause and ends at a long one', () => {
  const paused = (pause: number) =>
    judge(80, (t) => (t > 32 && t < 32 + pause ? 52 : during(20, 50, 60)(t))).events.length
  assert.deepEqual([paused(2), paused(5)], [1, 2])
})

test('createSpeedingDetector judges nothing while limit or speed is unknown', () => {
  assert.deepEqual(
    judge(
      60,
      () => 90,
      () => ({ limitKmh: Number.NaN, limitConfidence: Number.NaN }),
    ).events,
    [],
  )
  assert.deepEqual(judge(60, () => Number.NaN).events, [])
})

test('createSpeedingDetector grades B where the limit was uncertain at any moment, or a fix poor', () => {
  const doubtful = judge(60, during(20, 40, 75), (t) => (t > 30 && t < 31 ? { limitConfidence: 0.7 } : {}))
  assert.deepEqual(
    doubtful.events.map(({ grade, gradeReasons }) => [grade, gradeReasons]),
    [['B', ['limit_confidence']]],
  )
  const poor = judge(60, during(20, 40, 75), (t) => (t > 30 && t < 31 ? { hdop: 9 } : {}))
  assert.deepEqual(poor.events[0]?.gradeReasons, ['fix_quality'])
})
