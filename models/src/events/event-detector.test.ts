import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quality } from '@fairmile/contract/telematics.ts'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { MotionSample } from '../motion.ts'
import { motionExample } from '../motion-example.ts'
import { createEventDetector, type JudgedEvent, type OnsetNotice } from './event-detector.ts'
import { thresholds } from './thresholds.ts'

type Shape = (tS: number) => Partial<MotionSample>

/** Judges `seconds` of driving in which the speed follows the longitudinal acceleration, unless the shape says otherwise. */
function judge(seconds: number, shape: Shape, speedMps = 20): { events: JudgedEvent[]; notices: OnsetNotice[] } {
  const events: JudgedEvent[] = []
  const notices: OnsetNotice[] = []
  const sink = {
    event: (event: JudgedEvent) => events.push(event),
    onset: (notice: OnsetNotice) => notices.push(notice),
  }
  const detector = createEventDetector({ thresholds, sink })
  const sample = motionExample()
  for (let n = 0; n < seconds * 10; n++) {
    const changes = shape(n / 10)
    speedMps = Math.max(0, speedMps + (changes.aLong ?? 0) / 10 || 0)
    const yawRate = speedMps > 0 ? (changes.aLat ?? 0) / speedMps : 0
    // One object, written anew for each sample, as the pipeline does.
    Object.assign(sample, motionExample({ tMs: n * 100, atMs: 1e12 + n * 100, speedMps, yawRate, ...changes }))
    detector.push(sample)
  }
  detector.flush()
  return { events, notices }
}

const between = (from: number, to: number, signal: 'aLong' | 'aLat' | 'aVert', g: number): Shape => {
  return (tS) => (tS >= from && tS < to ? { [signal]: g * G_MPS2 } : {})
}

test('createEventDetector finds hard braking with band, peak, times, trace and grade A', () => {
  const { events, notices } = judge(40, between(15, 17, 'aLong', -0.6))
  assert.equal(events.length, 1)
  const [event] = events
  assert.equal(event?.kind, 'harsh_braking')
  assert.equal(event.band, 'count')
  assert.deepEqual([event.grade, event.gradeReasons], ['A', []])
  assert.ok(Math.abs(event.peak / G_MPS2 - 0.6) < 0.06) // a step overshoots in the filter
  assert.ok(Math.abs(event.startTMs - 15_100) <= 100 && Math.abs(event.endTMs - 17_100) <= 200)
  assert.equal(event.startAt, 1e12 + event.startTMs)
  assert.equal(event.trace?.offsetMs[0], -10_000)
  assert.equal(event.trace.offsetMs.at(-1), event.endTMs - event.startTMs + 10_000)
  assert.equal(event.trace.aLong.length, event.trace.offsetMs.length)
  assert.deepEqual(
    notices.map(({ n, band }) => [n, band]),
    [
      [event.n, 'coach'],
      [event.n, 'count'],
    ],
  )
  assert.ok(notices[0]!.tMs <= 15_700)
  assert.ok(notices[0]!.value >= 0.4 * G_MPS2 && notices[1]!.value >= 0.5 * G_MPS2)
})

test('createEventDetector gives the log band a lower grade, since no trace is kept of it', () => {
  const { events } = judge(40, between(15, 17, 'aLong', -0.35))
  assert.deepEqual(
    events.map(({ band, grade, gradeReasons, trace }) => [band, grade, gradeReasons, trace]),
    [['log', 'B', ['no_trace'], null]],
  )
})

test('createEventDetector judges acceleration and both sides of cornering', () => {
  assert.deepEqual(
    judge(40, between(15, 17, 'aLong', 0.45)).events.map(({ kind, band, grade }) => [kind, band, grade]),
    [['harsh_acceleration', 'count', 'A']],
  )
  for (const g of [-0.45, 0.45])
    assert.deepEqual(
      judge(40, between(15, 18, 'aLat', g)).events.map(({ kind, band, grade }) => [kind, band, grade]),
      [['harsh_cornering', 'coach', 'A']],
    )
})

test('createEventDetector takes no notice of what is short, vertical, or while standing', () => {
  assert.deepEqual(judge(40, between(15, 15.2, 'aLong', -0.6)).events, [])
  assert.deepEqual(judge(40, (t) => (t >= 15 && t < 15.5 ? { aLong: -4, aVert: 8 } : {})).events, [])
  const slam: Shape = (t) => ({ speedMps: 0, ...between(15, 15.6, 'aLat', 0.6)(t), aLong: t >= 15 && t < 16 ? -5 : 0 })
  assert.deepEqual(judge(40, slam, 0).events, [])
})

test('createEventDetector asks the speed at the start of braking and all through a bend', () => {
  const stop = judge(40, between(15, 16.2, 'aLong', -0.6), 5) // 18 km/h to a standstill
  assert.deepEqual(
    stop.events.map(({ kind }) => kind),
    ['harsh_braking'],
  )
  assert.deepEqual(judge(40, between(15, 17, 'aLong', -0.6), 2.5).events, []) // 9 km/h
  assert.deepEqual(judge(40, between(15, 18, 'aLat', 0.6), 8).events, []) // 29 km/h
})

test('createEventDetector judges without a speed, at grade C', () => {
  const { events } = judge(40, (t) => ({ ...between(15, 17, 'aLong', -0.6)(t), speedMps: Number.NaN }))
  assert.deepEqual(
    events.map(({ kind, grade, startSpeedMps }) => [kind, grade, startSpeedMps]),
    [['harsh_braking', 'C', null]],
  )
  assert.ok(events[0]?.gradeReasons.includes('no_speed'))
})

test('createEventDetector judges nothing without accelerations in the axes of the car', () => {
  assert.deepEqual(
    judge(40, (t) => ({ ...between(15, 17, 'aLong', -0.6)(t), quality: quality.uncalibrated })).events,
    [],
  )
  assert.deepEqual(judge(40, () => ({ aLong: Number.NaN, aLat: Number.NaN, quality: quality.noImu })).events, [])
})

test('createEventDetector ends an event at a gap and does not carry it over', () => {
  const events: JudgedEvent[] = []
  const detector = createEventDetector({ thresholds, sink: { event: (event) => events.push(event) } })
  for (let n = 0; n < 8; n++) detector.push(motionExample({ tMs: n * 100, aLong: -3.7 }))
  for (let n = 0; n < 3; n++) detector.push(motionExample({ tMs: 5000 + n * 100, aLong: -3.7 }))
  detector.flush()
  assert.deepEqual(
    events.map(({ startTMs, endTMs }) => [startTMs < 700, endTMs]),
    [[true, 700]],
  )
})

test('createEventDetector counts one event of a kind in 60 s', () => {
  const brakeAt =
    (...starts: number[]): Shape =>
    (t) => ({ aLong: starts.some((start) => t >= start && t < start + 1) ? -0.6 * G_MPS2 : 0, speedMps: 20 })
  assert.deepEqual(
    judge(120, brakeAt(15, 40, 90)).events.map(({ band }) => band),
    ['count', 'coach', 'count'],
  )
})

test('createEventDetector grades B where GNSS and IMU disagree', () => {
  const { events } = judge(40, (t) => ({ ...between(15, 17, 'aLong', -0.6)(t), speedMps: 20 }))
  assert.deepEqual(
    events.map(({ grade, gradeReasons }) => [grade, gradeReasons]),
    [['B', ['sensors_disagree']]],
  )
})

test('createEventDetector judges nothing while motion cannot be, and believes nothing just before', () => {
  const brake = between(15, 17, 'aLong', -0.6)
  const lie =
    (from: number, to: number): Shape =>
    (tS) => ({
      ...brake(tS),
      ...(tS >= from && tS < to && { quality: quality.implausible }),
    })
  assert.deepEqual(judge(40, lie(10, 30)).events, [])
  const before = judge(40, lie(20, 30)).events[0]
  assert.deepEqual([before?.grade, before?.gradeReasons], ['C', ['implausible']])
  assert.equal(judge(40, lie(30, 35)).events[0]?.grade, 'A')
})

test('createEventDetector withdraws events of a time in which the device was elsewhere, and no others', () => {
  const seen: [string, number][] = []
  const detector = createEventDetector({
    thresholds,
    sink: { event: ({ kind, startTMs }) => seen.push([kind, Math.round(startTMs / 1000)]) },
  })
  for (let n = 0; n < 500; n++) {
    const tS = n / 10
    const aLong = (tS >= 10 && tS < 12) || (tS >= 20 && tS < 22) ? -0.45 * G_MPS2 : 0
    detector.push(motionExample({ tMs: n * 100, atMs: 1e12 + n * 100, speedMps: 20, aLong }))
    if (tS === 25) detector.withdraw(18_000, 25_000)
  }
  detector.flush()
  assert.deepEqual(seen, [['harsh_braking', 10]])
})
