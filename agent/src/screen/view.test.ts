import assert from 'node:assert/strict'
import { test } from 'node:test'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import { createOverLimit, createView } from './view.ts'

test('createView shows status from moving off until the trip has ended or the car has stood for long', () => {
  const view = createView()
  const at = (s: number, inTrip: boolean, speedMps: number | null) => view({ tMs: s * 1000, inTrip, speedMps })
  assert.equal(at(0, false, 0), 'parked')
  assert.equal(at(1, false, 1.2), 'parked', 'a parked receiver drifts')
  assert.equal(at(2, false, 3), 'driving', 'before the trip is sure')
  assert.equal(at(7, true, 12), 'driving')
  assert.equal(at(30, true, 0), 'driving', 'at a light')
  assert.equal(at(150, true, 0), 'driving')
  assert.equal(at(160, true, 0), 'parked')
  assert.equal(at(161, true, 0.6), 'driving', 'it moves off again')
  assert.equal(at(162, false, 0), 'parked', 'ignition off')
})

test('createView takes an unknown speed within a trip as driving, and without one as parked', () => {
  const view = createView()
  assert.equal(view({ tMs: 0, inTrip: false, speedMps: null }), 'parked')
  assert.equal(view({ tMs: 1000, inTrip: true, speedMps: null }), 'driving')
  assert.equal(view({ tMs: 600_000, inTrip: true, speedMps: null }), 'driving')
})

test('createOverLimit shows what is above the limit from the band on where speeding begins, without flicker', () => {
  const over = createOverLimit(thresholds.speeding.bands.log)
  const kmh = (speed: number, limit: number | null) => over(speed / 3.6, limit)
  assert.equal(kmh(55, 50), null)
  assert.equal(kmh(56, 50), 6)
  assert.equal(kmh(52, 50), 2)
  assert.equal(kmh(50.5, 50), null)
  assert.equal(kmh(54, 50), null)
  assert.equal(kmh(112, 100), 12)
  assert.equal(kmh(112, null), null)
  assert.equal(over(null, 50), null)
})
