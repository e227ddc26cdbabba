import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../random.ts'
import { createGnss } from './gnss.ts'

const place = { lat: 49, lon: 12, altM: 300, speedMps: 20, courseDeg: 90 }

test('createGnss errs by metres that hang together over seconds, and by centimetres a second', () => {
  const gnss = createGnss({ random: createRandom(1), firstFixS: 0 })
  const north: number[] = []
  let speedSquares = 0
  for (let second = 0; second < 4000; second++) {
    const fix = gnss.read(second, place)
    if (fix.lat === null) continue
    north.push((fix.lat - place.lat) * 111_200)
    if (second > 10) speedSquares += (fix.speedMps! - 20) ** 2
  }
  const rms = Math.hypot(...north) / Math.sqrt(north.length)
  const steps = Math.hypot(...north.slice(1).map((value, index) => value - north[index]!)) / Math.sqrt(north.length)
  assert.ok(rms > 1 && rms < 4.5, `${rms}`)
  assert.ok(steps < 1, `${steps}`)
  assert.ok(Math.sqrt(speedSquares / north.length) < 0.2)
})

test('createGnss says nothing it does not know: before the first fix, in outages, course at a standstill', () => {
  const gnss = createGnss({ random: createRandom(2), firstFixS: 5 })
  assert.equal(gnss.read(0, place).lat, null)
  assert.equal(gnss.read(4, place).satellites, 0)
  let standing = gnss.read(6, { ...place, speedMps: 0 })
  for (let second = 7; second < 20; second++) standing = gnss.read(second, { ...place, speedMps: 0 })
  assert.equal(standing.courseDeg, null)
  assert.ok(standing.lat !== null)
  let blank = 0
  for (let second = 20; second < 8000; second++) if (gnss.read(second, place).lat === null) blank++
  assert.ok(blank > 10 && blank < 600, `${blank}`)
})

test('createGnss is late: a fix arrives after it was valid', () => {
  const fix = createGnss({ random: createRandom(3), firstFixS: 0 }).read(10, place)
  assert.ok(fix.arrivesS > fix.validS + 0.1 && fix.arrivesS < fix.validS + 0.6)
})
