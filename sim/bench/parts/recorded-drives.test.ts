import assert from 'node:assert/strict'
import { test } from 'node:test'
import { distanceByReceiver } from './recorded-drives.ts'

const fix = (timeS: number, northM: number, speedMps: number | null = 10) => ({
  timeS,
  lat: 49 + northM / 111_195,
  lon: 12,
  speedMps,
  courseDeg: 0,
  altM: null,
  hdop: null,
})

test('distanceByReceiver adds speeds up, and takes the straight line over a silence and a repeated fix in it', () => {
  const driven = [fix(0, 0), fix(1, 10), fix(2, 20, 20)]
  assert.ok(Math.abs(distanceByReceiver({ gps: driven }) - 0.025) < 1e-9)
  const silent = [...driven, fix(40, 20, 20), fix(41, 520, 20)]
  assert.ok(Math.abs(distanceByReceiver({ gps: silent }) - 0.525) < 1e-4)
})

test('distanceByReceiver takes a parked car for what it is, and skips fixes without a speed', () => {
  const parked = [fix(0, 0, 0), fix(1, 3, 0), fix(2, -2, null), fix(3, 1, 0)]
  assert.equal(distanceByReceiver({ gps: parked }), 0)
})
