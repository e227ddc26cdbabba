import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../random.ts'
import { layRelief } from './relief.ts'
import { createRoad } from './road.ts'

const roadOf = (seed: number) => {
  const road = createRoad({ random: createRandom(seed), lengthM: 20_000 })
  layRelief(road, createRandom(seed, 'relief'))
  return road
}
const roads = Array.from({ length: 20 }, (_, seed) => roadOf(seed))

test('layRelief: slopes and banks stay within what is built, and change no faster than a car stands', () => {
  for (const { slope, bank } of roads) {
    for (const [lie, most] of [
      [slope, 0.1001],
      [bank, 0.061],
    ] as const) {
      assert.ok(lie.every((value) => Math.abs(value) <= most))
      for (let node = 1; node < lie.length; node++) assert.ok(Math.abs(lie[node]! - lie[node - 1]!) < 0.01)
    }
  }
})

test('layRelief: some country is hilly, some flat, and crossfall falls to both sides', () => {
  const spread = (values: Float32Array) => Math.hypot(...values.filter((_, node) => node % 50 === 0)) / Math.sqrt(200)
  const hills = roads.map(({ slope }) => spread(slope)).sort((a, b) => a - b)
  assert.ok(hills.at(-1)! > 3 * hills[0]!, `${hills}`)
  const means = roads.map(({ bank }) => bank.reduce((sum, value) => sum + value, 0) / bank.length)
  assert.ok(Math.abs(means.reduce((sum, value) => sum + value, 0) / means.length) < 0.004)
})

test('layRelief puts speed bumps where 30 km/h is allowed, and nowhere else', () => {
  const bumps = roads.flatMap((road) => road.bumps.map((atM) => road.limitKmh[atM / 2]))
  assert.ok(bumps.length > 5)
  assert.ok(bumps.every((limit) => limit === 30))
})
