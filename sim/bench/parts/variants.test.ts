import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../../src/random.ts'
import { vehicleToDevice } from '../../src/sensors/mount.ts'
import { knock, mountOf, variants } from './variants.ts'

test('mountOf draws boxes that lie anyhow: up may be any axis of the device', () => {
  const random = createRandom(1)
  const ups = Array.from({ length: 300 }, () => vehicleToDevice(mountOf(variants['any-mount']!, random))).map((r) => [
    r[2]!,
    r[5]!,
    r[8]!,
  ])
  for (const axis of [0, 1, 2])
    for (const side of [-1, 1]) assert.ok(ups.filter((up) => up[axis]! * side > 0.8).length > 10, `${axis} ${side}`)
})

test('knock turns the box by no less than it says, and gravity with it', () => {
  const random = createRandom(2)
  for (let index = 0; index < 50; index++) {
    const before = mountOf({}, random)
    const after = knock(before, [8, 60], random)
    const turned = Math.max(
      Math.abs(after.rollDeg - before.rollDeg),
      Math.abs(after.pitchDeg - before.pitchDeg),
      Math.abs(after.yawDeg - before.yawDeg),
    )
    assert.ok(turned >= 8 && turned <= 60, `${turned}`)
  }
})
