import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createVehicle, midSizeCar, stepVehicle, type Vehicle, type VehicleInput } from './vehicle.ts'

function drive(car: Vehicle, seconds: number, input: Partial<VehicleInput>): void {
  const whole = { accelerationMps2: 0, steeringRad: 0, curvature: 0, slope: 0, ...input }
  for (let step = 0; step < seconds * 100; step++) stepVehicle(car, whole, 0.01)
}

test('stepVehicle brakes no harder than friction, and stands still afterwards', () => {
  const car = createVehicle(0)
  car.vx = 30
  let hardest = 0
  for (let step = 0; step < 600; step++) {
    drive(car, 0.01, { accelerationMps2: -20 })
    hardest = Math.min(hardest, car.aLong)
  }
  assert.ok(hardest > -(midSizeCar.friction * 9.80665 + 0.6), `${hardest}`)
  assert.ok(hardest < -8)
  assert.equal(car.vx, 0)
  const at = car.atM
  drive(car, 5, { accelerationMps2: -2, slope: 0.05 })
  assert.equal(car.atM, at)
})

test('stepVehicle takes about ten seconds to 100 km/h, and drag ends the climb of speed', () => {
  const car = createVehicle(0)
  let seconds = 0
  while (car.vx < 100 / 3.6 && seconds < 30) {
    drive(car, 0.1, { accelerationMps2: 9 })
    seconds += 0.1
  }
  assert.ok(seconds > 8 && seconds < 13, `${seconds} s`)
  drive(car, 300, { accelerationMps2: 9 })
  assert.ok(car.vx > 45 && car.vx < 65, `${car.vx} m/s`)
})

test('stepVehicle turns on the circle of its steering: lateral acceleration is speed times yaw rate', () => {
  for (const speed of [3, 12, 25]) {
    const car = createVehicle(0)
    car.vx = speed
    const radius = speed < 5 ? 12 : speed * 5
    const curvature = 1 / radius
    const input = { steeringRad: Math.atan(2.68 * curvature), curvature, accelerationMps2: 0 }
    drive(car, 4, input)
    assert.ok(Math.abs(car.aLat - car.vx * car.yawRate) < 0.05 * car.aLat + 0.02, `${speed}: ${car.aLat}`)
    assert.ok(Math.abs(car.yawRate * radius - car.vx) < 0.45 * car.vx, `${speed}`)
    assert.ok(car.roll > 0, 'leans to the right in a left turn')
  }
})

test('stepVehicle holds its speed up a slope that power allows, and lifts nothing', () => {
  const car = createVehicle(0)
  car.vx = 14
  drive(car, 20, { slope: 0.08 })
  assert.ok(Math.abs(car.vx - 14) < 0.5)
  assert.ok(Math.abs(car.aLong) < 0.01)
})
