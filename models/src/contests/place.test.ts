import assert from 'node:assert/strict'
import { test } from 'node:test'
import { headingOf, isAt } from './place.ts'

const place = { lat: 49, lon: 12, headingDeg: 90, radiusM: 150 }

test('isAt takes what is within the radius and drives the same way', () => {
  const at = (lat: number, lon: number, headingDeg: number | null) => isAt(place, { lat, lon, headingDeg })
  // 0.001 degrees are 111 m to the north, and 73 m to the east here.
  assert.deepEqual([at(49, 12, 90), at(49.001, 12.001, 120), at(49, 12.002, 60)], [true, true, true])
  assert.deepEqual(
    [at(49.002, 12, 90), at(49, 12.003, 90), at(49, 12, 270), at(49, 12, null)],
    [false, false, false, false],
  )
  assert.ok(isAt({ ...place, headingDeg: 350 }, { lat: 49, lon: 12, headingDeg: 20 }))
  assert.ok(isAt({ ...place, headingDeg: null }, { lat: 49, lon: 12, headingDeg: null }))
})

test('headingOf says where an event went, by its own part of the trace', () => {
  const trace = (lat: (number | null)[], lon: (number | null)[]) => ({
    ...{ offsetMs: [-1000, 0, 1000, 2000], speedMps: [], aLong: [], aLat: [] },
    ...{ lat, lon },
  })
  const heading = (lat: (number | null)[], lon: (number | null)[]) => headingOf(trace(lat, lon), 2000)
  assert.equal(Math.round(heading([50, 49, null, 49], [12, 12, null, 12.001]) ?? -1), 90)
  assert.equal(Math.round(heading([49, 49.001, 49, 49], [12, 12, 12, 12]) ?? -1), 180)
  assert.equal(heading([49, 49, 49, 49.00001], [12, 12, 12, 12]), null)
  assert.equal(headingOf(null, 2000), null)
})
