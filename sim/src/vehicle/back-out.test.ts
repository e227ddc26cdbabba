import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../random.ts'
import { createBackOut } from './back-out.ts'
import { createVehicle } from './vehicle.ts'

test('createBackOut drives backwards, turns, and stands again', () => {
  for (const seed of [1, 2, 3, 4]) {
    const car = createVehicle(0)
    const backOut = createBackOut(car, createRandom(seed))
    let velocity = 0
    for (let step = 0; step < backOut.seconds * 100 + 1; step++) {
      backOut.step(0.01)
      velocity += car.aLong * 0.01
      assert.ok(car.vx <= 0 && car.vx > -2.5)
      assert.ok(Math.abs(velocity - car.vx) < 1e-6)
    }
    assert.equal(car.vx, 0)
    assert.ok(backOut.drivenM > 1 && backOut.drivenM < 12, `${backOut.drivenM}`)
    assert.ok(Math.abs(car.heading) > 0.03, `${car.heading}`)
  }
})
