import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTrueEvents, type TrueEvent, type TrueEventsOptions } from './events.ts'

const G = 9.80665

/** Events of a signal (g) that holds `along` and `across` from second 5 on for `seconds`. */
function eventsOf(options: {
  along?: number
  across?: number
  seconds: number
  speedMps?: number
  watch?: Partial<TrueEventsOptions>
}): TrueEvent[] {
  const watch = createTrueEvents({ rateHz: 100, ...options.watch })
  for (let step = 0; step < 1500; step++) {
    const on = step >= 500 && step < 500 + options.seconds * 100
    const speed = options.speedMps ?? 15
    watch.step(step / 100, on ? (options.along ?? 0) * G : 0, on ? (options.across ?? 0) * G : 0, speed)
  }
  return watch.finish(15)
}

test('createTrueEvents finds one braking of the highest band that was held', () => {
  const [event, ...others] = eventsOf({ along: -0.45, seconds: 2 })
  assert.equal(others.length, 0)
  assert.equal(event?.kind, 'harsh_braking')
  assert.equal(event.level, 'coach')
  assert.ok(Math.abs(event.peak_g - 0.45) < 0.02)
  assert.ok(event.start_s > 5 && event.start_s < 5.4)
  assert.ok(event.end_s > 7 && event.end_s < 7.4)
})

test('createTrueEvents has its own bands for acceleration, and both sides of cornering', () => {
  assert.equal(eventsOf({ along: 0.34, seconds: 2 })[0]?.level, 'coach')
  assert.deepEqual(
    [0.55, -0.55].map((across) => eventsOf({ across, seconds: 2 })[0]?.level),
    ['count', 'count'],
  )
})

test('createTrueEvents ignores what is not held 300 ms or is slower than the gate', () => {
  assert.deepEqual(eventsOf({ along: -0.45, seconds: 0.2 }), [])
  assert.deepEqual(eventsOf({ along: -0.45, seconds: 2, speedMps: 2 }), [])
  assert.deepEqual(eventsOf({ across: 0.45, seconds: 2, speedMps: 8 }), [])
  assert.equal(eventsOf({ along: -0.45, seconds: 2, speedMps: 8 }).length, 1)
})

test('createTrueEvents with a margin and without gates also keeps what was nearly an event', () => {
  const nearly = { along: -0.27, seconds: 2 }
  assert.deepEqual(eventsOf(nearly), [])
  const [near] = eventsOf({ ...nearly, watch: { marginG: 0.05 } })
  assert.ok(near !== undefined && near.peak_g > 0.26 && near.max_g >= near.peak_g && near.max_g < 0.29)
  const slow = { across: 0.45, seconds: 2, speedMps: 8 }
  assert.equal(eventsOf({ ...slow, watch: { gated: false } })[0]?.top_kmh, 28.8)
})
