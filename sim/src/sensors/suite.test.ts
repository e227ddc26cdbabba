import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calm } from '../mishaps/jolt.ts'
import { createRandom } from '../random.ts'
import { createPosition } from '../road/position.ts'
import { createVehicle } from '../vehicle/vehicle.ts'
import { neoM8 } from './receiver.ts'
import { createSensorSuite, type SensorSink, type SensorTraits } from './suite.ts'

const still = calm()

/** A minute of a standing car. */
function senseMinute(imuRateHz: number, traits: SensorTraits, sink: SensorSink): void {
  const suite = createSensorSuite({
    car: createVehicle(0),
    position: createPosition({ lat: 49, lon: 12, altM: 300 }),
    mount: { rollDeg: 0, pitchDeg: 0, yawDeg: 0 },
    imuRateHz,
    traits,
    stepHz: 100,
    felt: () => still,
    firstFixS: 0,
    random: createRandom(2),
  })
  for (let step = 0; step < 6000; step++)
    suite.sense(step, { roughness: 1, bump: 0, builtUp: false, engineOn: true }, sink)
}

test('createSensorSuite reads at any rate, faster than the physics too, and by the clock of the part', () => {
  for (const [rateHz, imuClockError, expected] of [
    [10, 0, 600],
    [200, 0, 12_000],
    [100, 0.04, 6240],
  ] as const) {
    const times: number[] = []
    senseMinute(rateHz, { imuClockError }, { imu: (timeS) => times.push(timeS) })
    assert.ok(Math.abs(times.length - expected) <= 2, `${rateHz} Hz: ${times.length}`)
    assert.ok(times.every((timeS, index) => index === 0 || timeS > times[index - 1]!))
  }
})

test('createSensorSuite delivers fixes in order and late, several on the way at once', () => {
  const fixes: { validS: number; arrivesS: number }[] = []
  const receiver = { ...neoM8, delayS: 0.75 }
  senseMinute(100, { gnssRateHz: 10, receiver }, { gnss: ({ validS, arrivesS }) => fixes.push({ validS, arrivesS }) })
  assert.ok(Math.abs(fixes.length - 592) <= 2, `${fixes.length}`)
  assert.ok(fixes.every(({ validS, arrivesS }) => Math.abs(arrivesS - validS - 0.75) < 1e-9))
})
