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
