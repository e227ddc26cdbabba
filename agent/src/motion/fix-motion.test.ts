import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEG_PER_RAD, EARTH_RADIUS_M } from '@fairmile/contract/units.ts'
import { fixExample } from '../plausibility/fix-example.ts'
import { createFixMotion } from './fix-motion.ts'

const lonAt = (eastM: number): number => (eastM / EARTH_RADIUS_M) * DEG_PER_RAD

/** Metres driven over a pause of six seconds at whose ends 10 m/s were told, and whose ends are so far apart. */
const drivenOver = (apartM: number): number => {
  let metres = 0
  const motion = createFixMotion(({ speedMps }) => {
    metres += speedMps / 10
  })
  motion.push(fixExample(0, { lon: 0, speedMps: 10 }))
  motion.push(fixExample(6, { lon: lonAt(apartM), speedMps: 10 }))
  return metres
}

test('createFixMotion takes the way over a pause from the two places', () => {
  assert.ok(Math.abs(drivenOver(90) - 90) < 1)
  assert.ok(Math.abs(drivenOver(40) - 40) < 1, 'a car that braked between')
})

test('createFixMotion takes the speeds over a pause where the place after it is still that of before', () => {
  assert.ok(Math.abs(drivenOver(8) - 60) < 1)
})
