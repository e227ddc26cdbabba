import assert from 'node:assert/strict'
import { test } from 'node:test'
import { thresholds } from '../events/thresholds.ts'
import { rejudgeLimit } from './rejudge-limit.ts'
import { speedingExample } from './speeding-example.ts'

const rule = thresholds.speeding
const by = (limitKmh: number, event = speedingExample({ kmh: 86 })) => rejudgeLimit(event, { limitKmh, rule })

test('rejudgeLimit finds the band that an event has by the true limit, or none', () => {
  assert.deepEqual(
    [50, 60, 70, 80, 100].map((limit) => by(limit)?.band),
    ['count', 'count', 'coach', null, null],
  )
  assert.ok(Math.abs((by(70)?.peak ?? 0) - 16 / 3.6) < 1e-9)
  assert.equal(by(100)?.peak, null)
})

test('rejudgeLimit never judges harder than the car did', () => {
  assert.equal(by(30, speedingExample({ kmh: 86, band: 'coach' }))?.band, 'coach')
})

test('rejudgeLimit judges the event alone, not what was driven around it', () => {
  // 45 km/h around it is above a limit of 20 all the while.
  assert.equal(by(20, speedingExample({ kmh: 46, seconds: 9 }))?.band, null)
})

test('rejudgeLimit says nothing without a trace', () => {
  assert.equal(rejudgeLimit({ band: 'log', trace: null, durationMs: 20_000 }, { limitKmh: 80, rule }), null)
})
