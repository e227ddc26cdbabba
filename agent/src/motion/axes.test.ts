import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { anglesOf, rotationOf } from './axes.ts'

test('rotationOf and anglesOf are each other’s inverse', () => {
  const degrees = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true })
  fc.assert(
    fc.property(degrees(179), degrees(89), degrees(179), (rollDeg, pitchDeg, yawDeg) => {
      const back = anglesOf(rotationOf({ rollDeg, pitchDeg, yawDeg }))
      assert.ok(Math.abs(back.rollDeg - rollDeg) < 1e-6)
      assert.ok(Math.abs(back.pitchDeg - pitchDeg) < 1e-6)
      assert.ok(Math.abs(back.yawDeg - yawDeg) < 1e-6)
    }),
    { seed: 1 },
  )
})

test('rotationOf turns a device that looks backward upside down', () => {
  const r = rotationOf({ rollDeg: 180, pitchDeg: 0, yawDeg: 180 })
  const expected = [-1, 0, 0, 0, 1, 0, 0, 0, -1]
  for (const [i, value] of expected.entries()) assert.ok(Math.abs((r[i] as number) - value) < 1e-12)
})
