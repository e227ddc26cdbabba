import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Parity } from './parity-rows.ts'
import { createTreeShap } from './tree-shap.ts'
import { marginOf, parseTrees } from './trees.ts'

const artifacts = join(import.meta.dirname, '../../artifacts')
const folders = globSync('*/*/parity.json', { cwd: artifacts }).map((path) => join(artifacts, path, '..'))
const skip = folders.length === 0 && `no model is in ${artifacts}: train one with \`npm run train\``

test('marginOf and createTreeShap agree with XGBoost on every artifact, missing values included', { skip }, () => {
  for (const folder of folders) {
    const model = parseTrees(readFileSync(join(folder, 'model.json'), 'utf8'))
    const { rows, margins, contributions }: Parity = JSON.parse(readFileSync(join(folder, 'parity.json'), 'utf8'))
    const shap = createTreeShap(model)
    const out = new Float64Array(model.featureCount)
    for (const [index, values] of rows.entries()) {
      const row = Float32Array.from(values, (value) => value ?? Number.NaN)
      near(marginOf(model, row), margins[index], 1e-5, folder)
      shap.explain(row, out)
      for (const [column, value] of [...out, shap.base].entries())
        near(value, contributions[index]?.[column], 1e-4, folder)
    }
  }
})

function near(actual: number, expected: number | undefined, tolerance: number, folder: string): void {
  assert.ok(Math.abs(actual - (expected ?? Number.NaN)) <= tolerance, `${folder}: ${actual} is not ${expected}`)
}
