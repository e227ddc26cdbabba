import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fix } from '../sensors.ts'
import { createFixTiming } from './fix-timing.ts'

const nowMs = Date.UTC(2026, 10, 23, 8)
const fixAt = (tMs: number, utcMs: number | null): Fix => ({
  tMs,
  utcMs,
  lat: 48,
  lon: 11,
  altM: null,
  speedMps: 0,
  courseDeg: null,
  hdop: null,
  satellites: null,
  mode: 2,
})

test('createFixTiming leaves a right time, and a fix without one, as it is', () => {
  const timing = createFixTiming()
  assert.deepEqual(timing(fixAt(5, null)), fixAt(5, null))
  assert.equal(timing(fixAt(0, nowMs)).utcMs, nowMs)
})

test('createFixTiming takes the least delay of the line', () => {
  const timing = createFixTiming()
  timing(fixAt(300, nowMs))
  timing(fixAt(1100, nowMs + 1000))
  assert.ok(Math.abs(timing(fixAt(2400, nowMs + 2000)).tMs - 2100) < 1)
})

test('createFixTiming follows UTC within five fixes when a leap second, or a receiver that learns of some, sets it back', () => {
  for (const backMs of [1000, 2000, 18_000]) {
    const timing = createFixTiming()
    const errors = Array.from({ length: 40 }, (_, n) => {
      const tMs = n * 1000 + 150
      return timing(fixAt(tMs, nowMs + n * 1000 - (n < 20 ? 0 : backMs))).tMs - tMs
    })
    assert.deepEqual(errors.slice(0, 20), Array(20).fill(0))
    assert.ok(errors.slice(25).every((error) => Math.abs(error) < 1))
  }
})

test('createFixTiming is not misled by a line that was blocked for a second at 10 Hz', () => {
  const timing = createFixTiming()
  for (let n = 0; n < 100; n++) timing(fixAt(n * 100 + 60, nowMs + n * 100))
  for (let n = 100; n < 110; n++) timing(fixAt(11_060, nowMs + n * 100))
  assert.ok(Math.abs(timing(fixAt(11_160, nowMs + 11_100)).tMs - 11_160) < 1)
})
