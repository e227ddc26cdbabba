import assert from 'node:assert/strict'
import { test } from 'node:test'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { MotionSample } from '../motion.ts'
import { motionExample } from '../motion-example.ts'
import { createEventDetector, type JudgedEvent, type OnsetNotice } from './event-detector.ts'
import { thresholds } from './thresholds.ts'

const seen = { startMs: 20_000, endMs: 20_110, peakMps2: 90, deltaVMps: 6, saturated: false, rateHz: 100 }

/** A minute in which a crash is told after 20 s, with the motion of the moment. */
function judge(shape: (tS: number) => Partial<MotionSample>, crash: Partial<typeof seen> = {}, ends = true) {
  const events: JudgedEvent[] = []
  const notices: OnsetNotice[] = []
  const detector = createEventDetector({
    thresholds,
    sink: { event: (event) => events.push(event), onset: (notice) => notices.push(notice) },
  })
  for (let n = 0; n < 600; n++) {
    detector.push(motionExample({ tMs: n * 100, atMs: 1e12 + n * 100, speedMps: 20, ...shape(n / 10) }))
    if (n === 201) detector.crash({ ...seen, ...crash, peakMps2: 40 })
    if (n === 231 && ends) detector.crashOver({ ...seen, ...crash })
  }
  detector.flush()
  return { events, notices, crash: events.find(({ kind }) => kind === 'crash') }
}

const stops = (tS: number): Partial<MotionSample> => ({ speedMps: tS < 20 ? 20 : Math.max(0, 14 - 5 * (tS - 20)) })

test('createEventDetector tells a crash at once, and keeps it with its whole severity, trace and grade', () => {
  const { events, notices, crash } = judge(stops)
  assert.deepEqual(
    notices.map(({ kind, band, value, n }) => [kind, band, value, n]),
    [['crash', 'count', 40, crash?.n]],
  )
  assert.equal(events.length, 1)
  assert.deepEqual([crash?.band, crash?.peak, crash?.grade, crash?.gradeReasons], ['count', 90, 'A', []])
  assert.deepEqual([crash?.startTMs, crash?.endTMs, crash?.startAt], [20_000, 20_110, 1e12 + 20_000])
  assert.equal(crash?.trace?.offsetMs[0], -10_000)
})

test('createEventDetector grades a crash by what the sensor could show and what the car did afterwards', () => {
  const reasons = (...args: Parameters<typeof judge>) => judge(...args).crash?.gradeReasons
  assert.deepEqual(reasons(stops, { saturated: true, rateHz: 50 }), ['saturated', 'low_rate'])
  assert.deepEqual(
    reasons(() => ({})),
    ['drove_on'],
  )
  assert.deepEqual(
    reasons((tS) => ({ speedMps: tS < 20 ? 20 : 15 })),
    [],
  )
  assert.deepEqual(
    reasons(() => ({ speedMps: Number.NaN })),
    ['no_speed', 'drove_on'],
  )
})

test('createEventDetector keeps a crash that the data ends in', () => {
  const { crash } = judge(stops, {}, false)
  assert.equal(crash?.peak, 40)
})

test('createEventDetector takes no manoeuvre in a crash for the driver’s, and warns of none', () => {
  const skids = (from: number) => (tS: number) => ({
    ...stops(tS),
    ...(tS >= from && tS < from + 1 && { aLat: 0.8 * G_MPS2, speedMps: 20 }),
  })
  const inIt = judge(skids(21))
  const corner = inIt.events.find(({ kind }) => kind === 'harsh_cornering')
  assert.ok(corner?.gradeReasons.includes('in_crash') && corner.grade !== 'A')
  assert.deepEqual(new Set(inIt.notices.map(({ kind }) => kind)), new Set(['crash']))
  const before = judge(skids(10)).events.find(({ kind }) => kind === 'harsh_cornering')
  assert.ok(!before?.gradeReasons.includes('in_crash'))
})

test('createEventDetector counts a second crash within a minute too', () => {
  const events: JudgedEvent[] = []
  const detector = createEventDetector({ thresholds, sink: { event: (event) => events.push(event) } })
  for (let n = 0; n < 600; n++) {
    detector.push(motionExample({ tMs: n * 100, atMs: 1e12 + n * 100, speedMps: 20 }))
    if (n === 200 || n === 300) detector.crash({ ...seen, startMs: n * 100, endMs: n * 100 + 100 })
  }
  detector.flush()
  assert.deepEqual(
    events.map(({ band }) => band),
    ['count', 'count'],
  )
})
