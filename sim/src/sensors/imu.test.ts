import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../random.ts'
import { createVehicle, stepVehicle } from '../vehicle/vehicle.ts'
import { createImu } from './imu.ts'
import type { Mount } from './mount.ts'

const still = { x: 0, y: 0, z: 0, rollRate: 0, pitchRate: 0 }

/** Mean of 2,000 readings of a car that stands or brakes. */
function meanReading(mount: Mount, braking = false): number[] {
  const car = createVehicle(0)
  if (braking) {
    car.vx = 40
    for (let step = 0; step < 200; step++)
      stepVehicle(car, { accelerationMps2: -4, steeringRad: 0, curvature: 0, slope: 0 }, 0.01)
  }
  const imu = createImu({ mount, rateHz: 100, random: createRandom(9) })
  const sum = new Float64Array(6)
  for (let index = 0; index < 2000; index++) {
    const { ax, ay, az, gx, gy, gz } = imu.read(car, still, 0)
    for (const [axis, value] of [ax, ay, az, gx, gy, gz].entries()) sum[axis]! += value / 2000
  }
  return [...sum]
}

test('createImu feels gravity upwards along the axis that points up, however it is mounted', () => {
  const cases: [Mount, number, number][] = [
    [{ rollDeg: 0, pitchDeg: 0, yawDeg: 77 }, 2, 1],
    [{ rollDeg: 180, pitchDeg: 0, yawDeg: 0 }, 2, -1],
    [{ rollDeg: 90, pitchDeg: 0, yawDeg: 0 }, 1, 1],
    [{ rollDeg: 0, pitchDeg: 90, yawDeg: 0 }, 0, -1],
  ]
  for (const [mount, axis, sign] of cases) {
    const mean = meanReading(mount)
    assert.ok(Math.abs(mean[axis]! - sign * 9.80665) < 1, `${JSON.stringify(mount)}: ${mean}`)
  }
})

test('createImu feels braking backwards along the vehicle, with the nose diving', () => {
  const ahead = meanReading({ rollDeg: 0, pitchDeg: 0, yawDeg: 0 }, true)
  assert.ok(ahead[0]! < -4 && ahead[0]! > -5, `${ahead}`)
  const toTheLeft = meanReading({ rollDeg: 0, pitchDeg: 0, yawDeg: 90 }, true)
  assert.ok(toTheLeft[1]! > 4 && toTheLeft[1]! < 5, `${toTheLeft}`)
})
