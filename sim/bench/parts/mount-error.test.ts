import assert from 'node:assert/strict'
import { test } from 'node:test'
import { vehicleToDevice } from '../../src/sensors/mount.ts'
import { mountError } from './mount-error.ts'

const gravity = (mount: { rollDeg: number; pitchDeg: number; yawDeg: number }): number[] => {
  const r = vehicleToDevice(mount)
  return [r[2]! * 9.81, r[5]! * 9.81, r[8]! * 9.81]
}

test('mountError is nothing for the truth, in any mount', () => {
  for (const mount of [
    { rollDeg: 3, pitchDeg: -8, yawDeg: 50 },
    { rollDeg: 178, pitchDeg: 12, yawDeg: -170 },
    { rollDeg: 20, pitchDeg: 89, yawDeg: 5 },
  ]) {
    for (const error of Object.values(mountError(mount, mount, gravity(mount)))) assert.ok(Math.abs(error) < 1e-5)
  }
})

test('mountError tells errors about the vehicle, whatever the angles say', () => {
  const level = { rollDeg: 0, pitchDeg: 0, yawDeg: 0 }
  const turned = mountError({ rollDeg: 0, pitchDeg: 0, yawDeg: 4 }, level, gravity(level))
  assert.ok(
    Math.abs(turned.yawDeg - 4) < 1e-6 && Math.abs(turned.rollDeg) < 1e-6 && Math.abs(turned.feltRollDeg) < 1e-6,
  )
  const nodding = { rollDeg: 0, pitchDeg: 90, yawDeg: 0 }
  // Pitched by a quarter turn, a degree of roll is a degree of yaw the other way: only their sum turns the vehicle.
  const same = mountError({ rollDeg: 1, pitchDeg: 90, yawDeg: 1 }, nodding, gravity(nodding))
  assert.ok(Math.hypot(same.rollDeg, same.pitchDeg, same.yawDeg) < 1e-3, JSON.stringify(same))
})

test('mountError against what is felt leaves the offset of the sensor out', () => {
  const level = { rollDeg: 0, pitchDeg: 0, yawDeg: 0 }
  const offset = [0, 9.81 * Math.tan((2 * Math.PI) / 180), 9.81]
  const { rollDeg, feltRollDeg } = mountError({ rollDeg: 2, pitchDeg: 0, yawDeg: 0 }, level, offset)
  assert.ok(Math.abs(rollDeg - 2) < 1e-6)
  assert.ok(Math.abs(feltRollDeg) < 1e-6, `${feltRollDeg}`)
})
