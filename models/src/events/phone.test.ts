import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MotionSample } from '../motion.ts'
import { motionExample } from '../motion-example.ts'
import { createEventDetector, type JudgedEvent, type OnsetNotice } from './event-detector.ts'
import { type PhoneReport, phoneUse } from './phone.ts'
import { thresholds } from './thresholds.ts'

const report = (changes: Partial<PhoneReport>): PhoneReport => ({
  connected: true,
  handling: null,
  screenOn: null,
  call: null,
  ...changes,
})

test('phoneUse asks for a hand, and a screen or a call', () => {
  assert.equal(phoneUse(report({ handling: true, screenOn: true })), 1)
  assert.equal(phoneUse(report({ call: 'handheld' })), 1)
  assert.equal(phoneUse(report({ handling: true, screenOn: false, call: 'none' })), 0)
  assert.equal(phoneUse(report({ handling: false, screenOn: true })), 0) // the way, in a holder
  assert.equal(phoneUse(report({ handling: false, screenOn: true, call: 'handsfree' })), 0)
  assert.equal(phoneUse(report({ screenOn: false })), 0)
})

test('phoneUse is unknown without a phone, and for a phone that cannot tell', () => {
  assert.equal(phoneUse(report({ connected: false, handling: true, screenOn: true, call: 'handheld' })), Number.NaN)
  assert.equal(phoneUse(report({ screenOn: true })), Number.NaN)
  assert.equal(phoneUse(report({ handling: true })), Number.NaN)
  assert.equal(phoneUse(report({})), Number.NaN)
})

function judge(seconds: number, sampleAt: (tS: number) => Partial<MotionSample>) {
  const events: JudgedEvent[] = []
  const notices: OnsetNotice[] = []
  const sink = { event: (e: JudgedEvent) => events.push(e), onset: (n: OnsetNotice) => notices.push(n) }
  const detector = createEventDetector({ thresholds, sink })
  for (let n = 0; n < seconds * 10; n++) {
    detector.push(motionExample({ phoneUse: 0, ...sampleAt(n / 10), tMs: n * 100 }))
  }
  detector.flush()
  return { events, notices }
}

const during = (from: number, to: number) => (tS: number) => ({ phoneUse: tS >= from && tS < to ? 1 : 0 })

test('createPhoneDetector has bands by how long a phone was used, told as they are reached, and never above grade C', () => {
  const of = (seconds: number) => judge(60, during(20, 20 + seconds)).events
  assert.deepEqual(of(1.9), [])
  const bandsOf = [2.5, 6, 13].map((seconds) => of(seconds).map(({ kind, band, grade }) => [kind, band, grade]))
  assert.deepEqual(bandsOf, [[['phone_use', 'log', 'C']], [['phone_use', 'coach', 'C']], [['phone_use', 'count', 'C']]])
  const { events, notices } = judge(60, during(20, 33))
  assert.deepEqual(events[0]?.gradeReasons, ['phone_reported'])
  assert.equal(events[0]?.peak, 12.9)
  assert.notEqual(events[0]?.trace, null)
  assert.deepEqual(
    notices.map(({ band, tMs }) => [band, tMs]),
    [
      ['coach', 25_000],
      ['count', 32_000],
    ],
  )
})

test('createPhoneDetector judges nothing below 10 km/h, at unknown speed, and where no phone tells', () => {
  const using = { phoneUse: 1 }
  assert.deepEqual(judge(60, () => ({ ...using, speedMps: 2.7 })).events, [])
  assert.deepEqual(judge(60, () => ({ ...using, speedMps: Number.NaN })).events, [])
  assert.deepEqual(judge(60, () => ({ phoneUse: Number.NaN })).events, [])
})

test('createPhoneDetector joins over a short pause, of which no second is used', () => {
  const paused = (pause: number) => judge(80, (t) => (t > 26 && t < 26 + pause ? { phoneUse: 0 } : during(20, 40)(t)))
  assert.deepEqual([paused(2).events.length, paused(5).events.length], [1, 2])
  assert.ok(Math.abs(paused(2).events[0]!.peak - 11.9) < 0.11)
})
