import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { telematicsEvent } from '../records.arbitrary.ts'
import type { TelematicsEvent } from '../telematics.ts'
import { dequantize, quantize } from './quantize.ts'

const [event] = fc.sample(telematicsEvent, { seed: 1, numRuns: 1 })
const rounded = (changes: Partial<TelematicsEvent>): TelematicsEvent =>
  dequantize(1, quantize({ seq: 1, ...event, ...changes } as TelematicsEvent))

test('quantize rounds to the resolution that the table keeps', () => {
  assert.equal(rounded({ lat: 49.0247291234 }).lat, 49.024729)
  assert.equal(rounded({ speedMps: 13.2549 }).speedMps, 13.25)
  assert.equal(rounded({ yawRateMax: -0.12349 }).yawRateMax, -0.123)
})

test('quantize turns a heading that rounds to 360 into 0, and -0 into 0', () => {
  assert.equal(rounded({ headingDeg: 359.97 }).headingDeg, 0)
  assert.ok(Object.is(rounded({ aLongMin: -0.001 }).aLongMin, 0))
})

test('quantize makes unknown what no sensor can mean', () => {
  assert.equal(rounded({ speedMps: 400 }).speedMps, null)
  assert.equal(rounded({ lat: Number.NaN }).lat, null)
  assert.equal(rounded({ altM: Number.POSITIVE_INFINITY }).altM, null)
})

test('quantize refuses a time that cannot be', () => {
  assert.throws(() => rounded({ at: Number.NaN }), /Record 1: at is NaN/)
  assert.throws(() => rounded({ at: -5 }), { code: 'out_of_range' })
})

test('dequantize refuses a value outside what its quantity can be', () => {
  const steps = quantize({ seq: 1, ...event } as TelematicsEvent)
  for (const wrong of [91e6, -91e6, 2 ** 60]) {
    const lat = steps.map((step, place) => (place === 9 ? wrong : step))
    assert.throws(() => dequantize(1, lat), { code: 'out_of_range' })
  }
})
