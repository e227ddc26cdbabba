import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Parity, parityRows } from '@fairmile/models/explain/parity-rows.ts'
import { createTreeShap } from '@fairmile/models/explain/tree-shap.ts'
import { marginOf, parseTrees } from '@fairmile/models/explain/trees.ts'
import { nativeAnswers } from '../../models/training/native-answers.ts'
import { pythonMissing } from '../../scripts/python-environment.ts'
import { openOnnx } from '../src/risk/onnx.ts'

const artifacts = fileURLToPath(new URL('../../models/artifacts', import.meta.url))
const folders = globSync('*/*/parity.json', { cwd: artifacts }).map((path) => join(artifacts, path, '..'))
const rowCount = 10_000
const skip = pythonMissing() ?? false

interface Case {
  folder: string
  width: number
  rows: Float32Array
}

/** Every artifact with 10,000 rows like its own, a twentieth of their values unknown besides those that were. */
const cases = folders.map((folder): Case => {
  const parity: Parity = JSON.parse(readFileSync(join(folder, 'parity.json'), 'utf8'))
  return { folder, width: parity.rows[0]!.length, rows: parityRows(parity, rowCount, 22) }
})

test('openOnnx and marginOf give the margins of XGBoost', { skip }, async () => {
  assert.ok(cases.length > 0)
  for (const { folder, width, rows } of cases) {
    const native = await nativeAnswers(folder, rows, 'margins')
    const { infer, close } = await openOnnx({ folder, width })
    const margins = await infer(rows, rowCount)
    await close()
    assert.equal(native.length, rowCount)
    assert.ok(largestDifference(margins, native) <= 1e-5, folder)
    const trees = parseTrees(readFileSync(join(folder, 'model.json'), 'utf8'))
    const own = Float32Array.from({ length: rowCount }, (_, row) =>
      marginOf(trees, rows.subarray(row * width, (row + 1) * width)),
    )
    assert.ok(largestDifference(own, native) <= 1e-5, folder)
  }
})

test('createTreeShap gives the contributions of XGBoost', { skip }, async () => {
  assert.ok(cases.length > 0)
  for (const { folder, width, rows } of cases) {
    const native = await nativeAnswers(folder, rows, 'contributions')
    const shap = createTreeShap(parseTrees(readFileSync(join(folder, 'model.json'), 'utf8')))
    const values = new Float64Array(rowCount * width)
    shap.explainRows(rows, rowCount, values)
    const withBase = Float64Array.from({ length: rowCount * (width + 1) }, (_, index) => {
      const column = index % (width + 1)
      return column === width ? shap.base : values[Math.floor(index / (width + 1)) * width + column]!
    })
    assert.equal(native.length, withBase.length)
    assert.ok(largestDifference(withBase, native) <= 1e-4, folder)
  }
})

/** NaN where one of them is. */
function largestDifference(ours: Float32Array | Float64Array, native: Float32Array): number {
  let largest = 0
  for (const [index, value] of ours.entries()) largest = Math.max(largest, Math.abs(value - native[index]!))
  return largest
}
