import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyStatistics } from '../../src/trips/merge-statistics.ts'
import { amountOf, createClassModel, tail } from './class-model.ts'
import { fit } from './fit-data.ts'
import { designOf } from './person.ts'
import { createRandom } from './random.ts'

const median = Object.fromEntries(
  fit.latents.names.map((name, n) => [
    name,
    fit.latents.signed[n] ? fit.latents.mean[n]! : Math.exp(fit.latents.mean[n]!),
  ]),
)

test('tail is the upper tail of the normal distribution', () => {
  for (const [z, above] of [
    [0, 0.5],
    [1.6449, 0.05],
    [-1.6449, 0.95],
    [3.0902, 0.001],
  ] as const)
    assert.ok(Math.abs(tail(z) - above) < 1e-5, `${z}: ${tail(z)}`)
})

test('amountOf has the mean and the variance that it is asked for, above and below a shape of one', () => {
  const random = createRandom(3)
  for (const [mean, dispersion] of [
    [40, 5],
    [2, 2],
    [0.5, 4],
    [0.02, 1],
  ] as const) {
    const draws = Array.from({ length: 60_000 }, () => amountOf(mean, dispersion, random.normal()))
    const found = draws.reduce((a, b) => a + b, 0) / draws.length
    const variance = draws.reduce((sum, draw) => sum + (draw - found) ** 2, 0) / draws.length
    assert.ok(Math.abs(found / mean - 1) < 0.12, `mean ${mean}: ${found}`)
    assert.ok(Math.abs(variance / (mean * dispersion) - 1) < 0.25, `variance ${mean * dispersion}: ${variance}`)
    assert.ok(draws.every((draw) => draw >= 0))
  }
})

test('createClassModel fills histograms with the seconds of the stretch, and bands that lie in one another', () => {
  const model = createClassModel(fit.classes.country, designOf(median), new Map())
  const random = createRandom(5)
  for (let n = 0; n < 200; n++) {
    const trip = emptyStatistics()
    model.draw(trip, 600, { imuS: 500, limitS: 300 }, random)
    const seconds = (bins: readonly number[]): number => bins.reduce((a, b) => a + b, 0)
    assert.ok(Math.abs(seconds(trip.speedHistS) - 600) < 1e-6)
    for (const bins of [trip.aLongHistS, trip.aLatHistS, trip.jerkHistS])
      assert.ok(Math.abs(seconds(bins) - 500) < 1e-6)
    const [log, coach, count] = trip.overLimitS
    assert.ok(log <= 300 && coach <= log && count <= coach && count >= 0)
  }
})

test('createClassModel has hasty drivers accelerate and brake harder', () => {
  const at = (changes: Record<string, number>): number => {
    const model = createClassModel(fit.classes.town, designOf({ ...median, ...changes }), new Map())
    const random = createRandom(6)
    const trip = emptyStatistics()
    for (let n = 0; n < 100; n++) model.draw(trip, 600, { imuS: 600, limitS: 0 }, random)
    return trip.aLongSquareSum
  }
  const { accelerationMps2, decelerationMps2 } = median as { accelerationMps2: number; decelerationMps2: number }
  assert.ok(at({ accelerationMps2: accelerationMps2 * 1.6 }) > 1.03 * at({}))
  assert.ok(at({ decelerationMps2: decelerationMps2 * 1.4 }) > 1.03 * at({}))
})
