import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mountOf } from './drive-info.ts'

const imu = { rateHz: 50, hasGyro: true, gravity: 'removed', frame: 'device' } as const
const mount = { rollDeg: 1, pitchDeg: 2, yawDeg: 3 }

test('mountOf takes the measured mount, and none where the readings are already in the vehicle’s axes', () => {
  assert.equal(mountOf({ id: 'a', imu }), null)
  assert.deepEqual(mountOf({ id: 'a', imu: { ...imu, frame: 'vehicle' }, mount }), mount)
  assert.deepEqual(mountOf({ id: 'a', imu: { ...imu, frame: 'vehicle' } }), { rollDeg: 0, pitchDeg: 0, yawDeg: 0 })
})
