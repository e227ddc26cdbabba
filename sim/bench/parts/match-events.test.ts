import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TrueEvent } from '../../src/truth/events.ts'
import { type Detection, isWrong, matchEvents, type TrueSpans } from './match-events.ts'

const braking = (start_s: number, peak_g: number, top_kmh = 50): TrueEvent => ({
  kind: 'harsh_braking',
  start_s,
  end_s: start_s + 2,
  level: 'coach',
  peak_g,
  max_g: peak_g,
  speed_kmh: top_kmh,
  top_kmh,
})
const told = (startS: number, peakG: number): Detection => ({
  kind: 'harsh_braking',
  startS,
  endS: startS + 1,
  peakG,
  band: peakG >= 0.5 ? 'count' : peakG >= 0.4 ? 'coach' : 'log',
  grade: 'A',
})
const truthOf = (...events: TrueEvent[]): TrueSpans => ({
  events: events.filter((event) => event.peak_g >= 0.3),
  near: events,
})
const match = (truth: TrueSpans, ...detections: Detection[]) => {
  const found = matchEvents({ kind: 'harsh_braking', thresholdG: 0.4, truth, detections, gated: true })
  return [found.hits.length, found.falseOnes.length, found.misses.length]
}

test('matchEvents takes a detection within a second of the truth, and of none later', () => {
  const truth = truthOf(braking(10, 0.5))
  assert.deepEqual(match(truth, told(12.9, 0.5)), [1, 0, 0])
  assert.deepEqual(match(truth, told(13.1, 0.5)), [0, 1, 1])
  assert.deepEqual(match(truth), [0, 0, 1])
})

test('matchEvents counts truth within 0.05 g of the threshold neither way', () => {
  assert.deepEqual(match(truthOf(braking(10, 0.44))), [0, 0, 0])
  assert.deepEqual(match(truthOf(braking(10, 0.36)), told(10, 0.42)), [0, 0, 0])
  assert.deepEqual(match(truthOf(braking(10, 0.34)), told(10, 0.42)), [0, 1, 0])
  assert.deepEqual(match(truthOf(braking(10, 0.46)), told(10, 0.39)), [0, 0, 1])
})

test('matchEvents gives two manoeuvres a detection each', () => {
  const truth = truthOf(braking(10, 0.5), braking(13, 0.5))
  assert.deepEqual(match(truth, told(11, 0.5), told(13.5, 0.5)), [2, 0, 0])
  assert.deepEqual(match(truth, told(11, 0.5)), [1, 0, 1])
})

test('isWrong finds claims of nothing, of a band too high or too low, and of what was too slow', () => {
  assert.equal(isWrong(told(10, 0.35), truthOf(), true), true)
  assert.equal(isWrong(told(10, 0.35), truthOf(braking(10, 0.27)), true), false)
  assert.equal(isWrong(told(10, 0.52), truthOf(braking(10, 0.43)), true), true)
  assert.equal(isWrong(told(10, 0.35), truthOf(braking(10, 0.46)), true), true)
  assert.equal(isWrong(told(10, 0.42), truthOf(braking(10, 0.42, 9)), true), true)
  assert.equal(isWrong(told(10, 0.42), truthOf(braking(10, 0.42, 9)), false), false)
})

test('matchEvents believes the peak of a coach-band event only behind a counted one of the same minute', () => {
  const speedUp = (start_s: number): TrueEvent => ({ ...braking(start_s, 0.5), kind: 'harsh_acceleration' })
  const truth = truthOf(speedUp(10), speedUp(40))
  const [first, next] = [10, 40].map((startS) => ({ ...told(startS, 0.5), kind: 'harsh_acceleration' })) as [
    Detection,
    Detection,
  ]
  const found = (...detections: Detection[]) =>
    matchEvents({ kind: 'harsh_acceleration', thresholdG: 0.4, truth, detections, gated: true }).hits.length
  assert.equal(found(first, { ...next, band: 'coach' }), 2)
  assert.equal(found({ ...first, band: 'coach' }, { ...next, band: 'coach' }), 0)
})
