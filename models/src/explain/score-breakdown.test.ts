import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { knownDriverFeatures } from '../features/driver.ts'
import { judgeFeatures } from '../pricing/receipt.ts'
import { inferByTrees } from '../scoring/infer-by-trees.ts'
import { parseManifest } from '../scoring/manifest.ts'
import { familyOf, featureFamilies } from './feature-families.ts'
import { parityRows } from './parity-rows.ts'
import { placesOf, shareBelow } from './portfolio-place.ts'
import { recommendationsOf } from './recommendations.ts'
import { breakdownOf } from './score-breakdown.ts'
import { parseTrees } from './trees.ts'
import { whatIf } from './what-if.ts'

const folder = fileURLToPath(new URL('../../artifacts/driver-risk/3.0.0/', import.meta.url))
const read = (name: string) => readFileSync(`${folder}${name}`, 'utf8')
const manifest = parseManifest(read('manifest.json'))
const trees = parseTrees(read('model.json'))
const model = { manifest, trees }
const width = manifest.features.length
const rows = parityRows(JSON.parse(read('parity.json')), 60, 3)
const rowOf = (n: number) => rows.slice(n * width, (n + 1) * width)
const infer = inferByTrees(trees, width)

test('featureFamilies have every feature of a driver, each once', () => {
  const named = featureFamilies.flatMap(({ features }) => features)
  assert.deepEqual(named.toSorted(), knownDriverFeatures.map(({ name }) => name).toSorted())
  assert.equal(familyOf('star_sign').id, 'other')
})

test('breakdownOf leaves nothing over: parts and base are the margin, and features the part of their family', () => {
  for (let n = 0; n < 60; n++) {
    const { features, shapBase, margin } = judgeFeatures(rowOf(n), model)
    const families = breakdownOf(features, model)
    const sum = families.reduce((total, { shap }) => total + shap, shapBase)
    assert.ok(Math.abs(sum - margin) < 1e-4, `${sum} is not ${margin}`)
    assert.equal(families.flatMap((family) => family.features).length, width)
    for (const { shap, safetyScore, features: of } of families) {
      assert.ok(Math.abs(of.reduce((total, part) => total + part.shap, 0) - shap) < 1e-12)
      assert.ok(safetyScore !== null && safetyScore >= 0 && safetyScore <= 100)
      // Who is worse in this alone than the middle of the portfolio is below its middle.
      if (Math.abs(shap) > 0.01) assert.equal(safetyScore < 50, shap > 0)
    }
  }
})

test('breakdownOf weighs families by what they tell apart, together one; unknown without the model', () => {
  const { features } = judgeFeatures(rowOf(0), model)
  const weights = breakdownOf(features, model).map(({ weight }) => weight ?? assert.fail())
  assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-9)
  assert.ok(weights.every((weight) => weight > 0))
  assert.ok(breakdownOf(features, null).every(({ weight, safetyScore }) => weight === null && safetyScore === null))
})

test('recommendationsOf gives few, the strongest first, one of each family, and what a what-if says of each', async () => {
  let given = 0
  for (let n = 0; n < 60; n++) {
    const row = rowOf(n)
    const found = await recommendationsOf({ manifest, infer }, { row, judgedKm: 400 })
    given += found.length
    assert.ok(found.length <= 3)
    assert.equal(new Set(found.map(({ family }) => family)).size, found.length)
    for (const [index, { feature, from, to, difference, advice, text }] of found.entries()) {
      assert.ok(to < from && advice !== '' && text.includes('safety score'))
      assert.ok(difference.risk <= -0.5 && difference.low <= difference.risk && difference.risk <= difference.high)
      assert.ok(difference.risk >= (found[index - 1]?.difference.risk ?? Number.NEGATIVE_INFINITY))
      const after = row.slice()
      after[manifest.features.indexOf(feature)] = to
      const asked = await whatIf({ manifest, infer }, { before: row, after, judgedKm: 400 })
      assert.ok(asked.difference.risk <= 0)
    }
  }
  assert.ok(given > 60, `${given} recommendations for 60 drivers`)
})

test('recommendationsOf gives none to who is calm in all, or of whom nothing is known', async () => {
  const calm = Float32Array.from(manifest.features, (name) => manifest.reference?.features[name]?.quantiles[0] ?? 0)
  assert.deepEqual(await recommendationsOf({ manifest, infer }, { row: calm, judgedKm: 400 }), [])
  const unknown = new Float32Array(width).fill(Number.NaN)
  assert.deepEqual(await recommendationsOf({ manifest, infer }, { row: unknown, judgedKm: 0 }), [])
})

test('shareBelow is linear between deciles, and takes the middle of values that many share', () => {
  const quantiles = [0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 10]
  assert.deepEqual(
    [-1, 0, 0.5, 1, 8, 10, 11].map((value) => shareBelow(quantiles, value)),
    [0, 0.15, 0.35, 0.4, 0.95, 1, 1],
  )
})

test('placesOf tells where each feature lies, unknown where it is', () => {
  const { features } = judgeFeatures(rowOf(1), model)
  const places = placesOf(manifest, features)
  assert.equal(places.length, width)
  for (const { value, share, decile, low, median, high } of places) {
    assert.ok(low <= median && median <= high)
    assert.equal(share === null, value === null)
    assert.ok(decile === null || (decile >= 1 && decile <= 10))
  }
})
