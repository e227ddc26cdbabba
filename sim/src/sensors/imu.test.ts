import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../random.ts'
import { createVehicle, stepVehicle } from '../vehicle/vehicle.ts'
import { createImu } from './imu.ts'
import { mpu6050 } from './imu-parts.ts'
import type { Mount } from './mount.ts'

const still = { x: 0, y: 0, z: 0, roll: 0, rollRate: 0, pitch: 0, pitchRate: 0 }

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

test('createImu: the gyro turns with the gravity that the accelerometer feels, over crests and banks and through bends', () => {
  const mount = { rollDeg: 0, pitchDeg: 0, yawDeg: 0 }
  const exact = { ...mpu6050, accelerationNoise: 0, gyroNoise: 0, offsetMps2: [0, 0, 0] as const, gyroOffsetRps: 0 }
  const ideal = {
    ...exact,
    offsetPerK: 0,
    gyroOffsetPerK: 0,
    scale: 0,
    gyroScale: 0,
    crossAxis: 0,
    perG: 1e6,
    perDps: 1e6,
  }
  const imu = createImu({ mount, rateHz: 100, random: createRandom(3), part: ideal })
  const car = createVehicle(0)
  car.vx = 10
  const gravity = [0, 0, 9.80665]
  for (let step = 0; step < 1000; step++) {
    const slope = 0.08 * Math.sin(step / 150)
    const bank = 0.05 * Math.sin(step / 90)
    const crest = (0.08 * Math.cos(step / 150) * 100) / 150 / car.vx
    const twist = (0.05 * Math.cos(step / 90) * 100) / 90 / car.vx
    stepVehicle(car, { accelerationMps2: 0, steeringRad: 0.05, curvature: 0.02, slope, bank, crest, twist }, 0.01)
    const { gx, gy, gz } = imu.read(car, still, step / 100)
    if (step === 0) continue
    // A vector that stands still in the world turns against the body's own turning: u' = u × ω.
    const [x, y, z] = gravity as [number, number, number]
    gravity[0] = x + (y * gz - z * gy) * 0.01
    gravity[1] = y + (z * gx - x * gz) * 0.01
    gravity[2] = z + (x * gy - y * gx) * 0.01
  }
  const pitch = car.pitch - Math.atan(car.slope)
  const roll = car.roll + Math.atan(car.bank)
  const expected = [-Math.sin(pitch), Math.sin(roll) * Math.cos(pitch)].map((share) => share * 9.80665)
  for (const [axis, value] of expected.entries())
    assert.ok(Math.abs(gravity[axis]! - value) < 0.15, `${axis}: ${gravity[axis]} for ${value}`)
})
