import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawTemperament } from '../driver/temperament.ts'
import { createRandom } from '../random.ts'
import { hazardOf } from './hazard.ts'

test('hazardOf grows with speed, haste, lapses and short gaps', () => {
  const driver = drawTemperament(createRandom(1))
  const base = hazardOf(driver, createRandom(2)).relative
  for (const worse of [
    { speedFactor: driver.speedFactor * 1.2 },
    { haste: driver.haste + 1 },
    { lapsesPerHour: driver.lapsesPerHour * 5 },
    { timeGapS: driver.timeGapS / 2 },
  ])
    assert.ok(hazardOf({ ...driver, ...worse }, createRandom(2)).relative > base, JSON.stringify(worse))
})

test('hazardOf spreads what nothing explains about one', () => {
  const driver = drawTemperament(createRandom(1))
  const random = createRandom(5)
  let sum = 0
  for (let index = 0; index < 5000; index++) sum += hazardOf(driver, random).frailty
  assert.ok(Math.abs(sum / 5000 - 1) < 0.04)
})
