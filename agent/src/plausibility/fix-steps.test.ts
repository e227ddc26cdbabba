import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fix } from '../sensors.ts'
import { fixExample } from './fix-example.ts'
import { wrongWith } from './fix-sanity.ts'
import { createFixSteps } from './fix-steps.ts'

/** What is found second by second. */
const found = (seconds: number, changes: (tS: number) => Partial<Fix>) => {
  const steps = createFixSteps()
  return Array.from({ length: seconds }, (_, tS) => steps.push(fixExample(tS, changes(tS))))
}

test('wrongWith takes what is no number, no place or no speed of a car', () => {
  assert.equal(wrongWith(fixExample(0)), null)
  assert.equal(wrongWith(fixExample(0, { lat: null, lon: null, speedMps: null, courseDeg: null, altM: null })), null)
  assert.equal(wrongWith(fixExample(0, { courseDeg: Number.NaN })), 'bad_number')
  assert.equal(wrongWith(fixExample(0, { lat: 91 })), 'bad_number')
  assert.equal(wrongWith(fixExample(0, { lat: 0, lon: 0 })), 'bad_number')
  assert.equal(wrongWith(fixExample(0, { speedMps: 400 })), 'too_fast')
  assert.equal(wrongWith(fixExample(0, { speedMps: -1 })), 'too_fast')
  assert.equal(wrongWith(fixExample(0, { altM: 20_000 })), 'altitude')
})

test('createFixSteps finds nothing in a steady drive, a tunnel, or a parked car', () => {
  assert.deepEqual(new Set(found(60, () => ({}))), new Set([null]))
  assert.deepEqual(new Set(found(60, () => ({ lat: 0.1, lon: 0, speedMps: 0 }))), new Set([null]))
  const steps = createFixSteps()
  assert.deepEqual(
    [0, 1, 2, 90, 91].map((tS) => steps.push(fixExample(tS))),
    [null, null, null, null, null],
  )
})

test('createFixSteps finds nothing in a receiver that tells its last place once more after a silence', () => {
  const steps = createFixSteps()
  const fixes = [0, 1, 40, 41, 42].map((tS) => fixExample(tS, tS === 40 ? { lon: fixExample(1).lon } : {}))
  assert.deepEqual(
    fixes.map((fix) => steps.push(fix)),
    [null, null, null, null, null],
  )
})

test('createFixSteps refuses a leap until the receiver has agreed with itself for a second', () => {
  const leap = found(20, (tS) => (tS >= 10 ? { lat: 0.11 } : {})) // 1.1 km
  assert.deepEqual(leap.slice(8, 16), [null, null, 'teleport', null, null, null, null, null])
  const flicker = found(20, (tS) => (tS >= 10 && tS % 2 === 0 ? { lat: 0.11 } : {}))
  assert.deepEqual(flicker.slice(10, 14), ['teleport', null, 'teleport', null])
  const glitch = found(20, (tS) => (tS === 10 ? { lat: 0.11 } : {}))
  assert.deepEqual(glitch.slice(9, 13), [null, 'teleport', null, null])
})

test('createFixSteps finds a place, a time and a height that cannot be', () => {
  const stuck = found(16, (tS) => (tS >= 10 ? { lon: fixExample(10).lon } : {}))
  assert.deepEqual(stuck.slice(11, 15), [null, null, 'frozen_fix', 'frozen_fix'])
  const lost = found(16, (tS) => (tS >= 10 ? { lon: fixExample(10).lon, hdop: 50 } : {}))
  assert.deepEqual(
    lost.slice(11, 15),
    [null, null, null, null],
    'a receiver that says that it is lost pretends nothing',
  )
  const clock = found(16, (tS) => (tS >= 10 ? { utcMs: 5 } : {}))
  assert.deepEqual(clock.slice(11, 15), [null, null, 'frozen_time', 'frozen_time'])
  assert.deepEqual(found(12, (tS) => (tS >= 10 ? { altM: 1300 } : {})).slice(9), [null, 'altitude', null])
})
