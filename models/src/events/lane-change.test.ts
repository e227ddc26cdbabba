import assert from 'node:assert/strict'
import { test } from 'node:test'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { MotionSample } from '../motion.ts'
import { motionExample } from '../motion-example.ts'
import { createEventDetector, type JudgedEvent, type OnsetNotice } from './event-detector.ts'
import { thresholds } from './thresholds.ts'

/** Judges a drive at a speed whose lateral acceleration, in g, is given for each second; the yaw rate follows it. */
function judge(gAt: (tS: number) => number, speedMps = 25, changes: Partial<MotionSample> = {}) {
  const events: JudgedEvent[] = []
  const notices: OnsetNotice[] = []
  const sink = { event: (e: JudgedEvent) => events.push(e), onset: (n: OnsetNotice) => notices.push(n) }
  const detector = createEventDetector({ thresholds, sink })
  for (let n = 0; n < 400; n++) {
    const aLat = gAt(n / 10) * G_MPS2
    detector.push(motionExample({ tMs: n * 100, speedMps, aLat, yawRate: aLat / speedMps, ...changes }))
  }
  detector.flush()
  return { events, notices, kinds: events.map(({ kind, band }) => `${kind} ${band}`) }
}

/** To the left and back within `lastsS`, from second 15 on. */
const change = (peakG: number, lastsS: number) => (tS: number) =>
  tS < 15 || tS > 15 + lastsS ? 0 : peakG * Math.sin((2 * Math.PI * (tS - 15)) / lastsS)

test('createLaneChangeDetector finds a harsh lane change, its band by the weaker swing, and grades it no better than B', () => {
  const { events, notices, kinds } = judge(change(0.5, 2.4))
  assert.deepEqual(kinds, ['harsh_lane_change count'])
  const [event] = events
  assert.deepEqual([event?.grade, event?.gradeReasons], ['B', ['road_unknown']])
  assert.ok(event!.startTMs >= 15_000 && event!.endTMs <= 18_000, `${event!.startTMs} ${event!.endTMs}`)
  assert.ok(Math.abs(event!.peak / G_MPS2 - 0.46) < 0.05, `${event!.peak / G_MPS2}`)
  assert.notEqual(event?.trace, null)
  assert.ok(notices.some(({ kind, tMs }) => kind === 'harsh_lane_change' && tMs < 17_900))
  assert.deepEqual(judge(change(-0.38, 2.8)).kinds, ['harsh_lane_change coach'])
})

test('createLaneChangeDetector keeps the number of a bend that the driver was told of', () => {
  const { events, notices } = judge(change(0.55, 2.4))
  assert.deepEqual([...new Set(notices.map(({ n }) => n))], [events[0]?.n])
})

test('createLaneChangeDetector leaves an ordinary lane change, town speed, and unknown speed alone', () => {
  assert.deepEqual(judge(change(0.15, 4)).kinds, [])
  assert.deepEqual(judge(change(0.3, 2.8), 12).kinds, [])
  assert.ok(!judge(change(0.5, 2.4), Number.NaN, { yawRate: 0.1 }).kinds.some((kind) => kind.includes('lane')))
})

test('createLaneChangeDetector takes no bends, S-bends or evasions within the lane for a lane change', () => {
  const isNone = (gAt: (tS: number) => number, speedMps?: number) =>
    assert.ok(!judge(gAt, speedMps).kinds.some((kind) => kind.includes('lane')), judge(gAt, speedMps).kinds.join())
  isNone((tS) => (tS > 15 && tS < 18 ? 0.4 : 0)) // a bend
  isNone((tS) => (tS > 15 && tS < 18 ? 0.4 : tS >= 18 && tS < 21 ? -0.4 : 0), 20) // an S-bend
  isNone((tS) => (tS > 15 && tS < 16.5 ? 0.4 : tS >= 16.5 && tS < 17.5 ? -0.4 : 0)) // one that turns the road
  isNone(change(0.45, 4.4)) // 14 m aside
  isNone(change(0.6, 1.2)) // 1.3 m aside
  isNone((tS) => (tS > 10 ? 0.35 * Math.sin((2 * Math.PI * tS) / 6) : 0)) // a winding road
})

test('createLaneChangeDetector finds it without a gyro by the lateral acceleration', () => {
  assert.deepEqual(judge(change(0.5, 2.4), 25, { yawRate: Number.NaN }).kinds, ['harsh_lane_change count'])
})
