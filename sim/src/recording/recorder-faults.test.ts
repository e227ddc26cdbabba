import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../random.ts'
import type { GnssReading } from '../sensors/gnss.ts'
import { type RecorderFaults, throughRecorder } from './recorder-faults.ts'

const still = { ax: 0, ay: 0, az: 0, gx: 0, gy: 0, gz: 0 }
const fix = (validS: number): GnssReading => ({
  validS,
  arrivesS: validS,
  lat: 1,
  lon: 1,
  altM: 1,
  speedMps: 1,
  courseDeg: 1,
  hdop: 1,
  satellites: 9,
})

/** Times of the readings, and the fixes, that come through in 1,000 s at 10 Hz and 1 Hz. */
function record(faults: RecorderFaults) {
  const times: number[] = []
  const fixes: GnssReading[] = []
  const sink = { imu: (timeS: number) => times.push(timeS), gnss: (reading: GnssReading) => fixes.push(reading) }
  const recorder = throughRecorder(sink, faults, createRandom(4))
  for (let step = 0; step < 10_000; step++) {
    recorder.imu?.(step / 10, still)
    if (step % 10 === 0) recorder.gnss?.(fix(step / 10))
  }
  return { times, fixes }
}

test('throughRecorder without faults changes nothing', () => {
  const { times, fixes } = record({})
  assert.equal(times.length, 10_000)
  assert.equal(fixes.length, 1000)
})

test('throughRecorder loses, delays and blanks as it is told, and time stamps never go back', () => {
  const { times, fixes } = record({ imuFromS: 100, jitterS: 0.2, lostShare: 0.1, blank: ['courseDeg', 'hdop'] })
  assert.ok(times.length > 7900 && times.length < 8300, `${times.length}`)
  assert.ok(times[0]! >= 100)
  assert.ok(times.every((timeS, index) => index === 0 || timeS > times[index - 1]!))
  assert.ok(fixes.every(({ courseDeg, hdop, speedMps }) => courseDeg === null && hdop === null && speedMps === 1))
})

test('throughRecorder has gaps in both sensors at once', () => {
  const { times, fixes } = record({ gapEveryS: 100 })
  const holes = times.filter((timeS, index) => index > 0 && timeS - times[index - 1]! > 1)
  assert.ok(holes.length >= 3, `${holes.length}`)
  for (const endS of holes) assert.ok(!fixes.some(({ arrivesS }) => arrivesS > endS - 1 && arrivesS < endS - 0.1))
})
