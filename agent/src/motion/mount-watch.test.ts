import assert from 'node:assert/strict'
import { test } from 'node:test'
import { G_MPS2 } from '@fairmile/contract/units.ts'
import { rotationOf } from './axes.ts'
import type { MountState } from './calibration.ts'
import { createMountWatch } from './mount-watch.ts'

const level: MountState = {
  rotation: rotationOf({ rollDeg: 0, pitchDeg: 0, yawDeg: 0 }),
  rest: Float64Array.of(0, 0, G_MPS2),
  up: Float64Array.of(0, 0, 1),
  calibration: { confidence: 1, rollDeg: 0, pitchDeg: 0, yawDeg: 0, tiltSigmaDeg: 1, yawSigmaDeg: 1, lagMs: 0 },
  lagSigmaMs: 30,
}
/** Drives two minutes of manoeuvres with a device that sits in this way; whether it is found to have moved. */
const drive = (mount: { rollDeg: number; pitchDeg: number; yawDeg: number }, slopeMps2 = 0): boolean => {
  const watch = createMountWatch(true)
  const r = rotationOf(mount)
  let found = false
  for (let s = 0; s < 120; s++) {
    const [x, y] = [1.5 * Math.sin(s / 6), 2 * Math.sin(s / 4)]
    const force = Float64Array.of(0, 0, 0).map(
      (_, i) => r[i]! * (x + slopeMps2) + r[3 + i]! * y + r[6 + i]! * G_MPS2,
    ) as Float64Array
    found ||= watch.drive(level, force, x, y, s * 1000) !== null
  }
  return found
}

test('createMountWatch leaves a device alone that sits as it did, on any street', () => {
  assert.equal(drive({ rollDeg: 0, pitchDeg: 0, yawDeg: 0 }), false)
  assert.equal(drive({ rollDeg: 2, pitchDeg: -2, yawDeg: 8 }, 1.2), false)
})

test('createMountWatch notices a device that was tilted, or turned about the vertical', () => {
  assert.equal(drive({ rollDeg: 0, pitchDeg: 20, yawDeg: 0 }), true)
  assert.equal(drive({ rollDeg: -25, pitchDeg: 0, yawDeg: 0 }), true)
  assert.equal(drive({ rollDeg: 0, pitchDeg: 0, yawDeg: 50 }), true)
  assert.equal(drive({ rollDeg: 0, pitchDeg: 0, yawDeg: 180 }), true)
})

test('createMountWatch notices gravity elsewhere at rest, after two seconds of it', () => {
  const watch = createMountWatch(true)
  const tilted = Float64Array.of(4, 0, 9)
  assert.equal(watch.rest(level, Float64Array.of(0.5, 0, 9.8), 5000), null)
  assert.equal(watch.rest(level, tilted, 6000), null)
  assert.equal(watch.rest(level, tilted, 7000), 'tilted')
  assert.equal(watch.sureMs, 5000)
})
