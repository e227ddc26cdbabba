import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTrees } from '../explain/trees.ts'
import { modelJson } from '../explain/trees-example.ts'
import { inferByTrees } from './infer-by-trees.ts'

test('inferByTrees gives the margin of each row, and no more', async () => {
  const split = { feature: 1, below: 2, unknownLess: true, less: -1, more: 1 }
  const infer = inferByTrees(parseTrees(modelJson([split, 0.5], 2)), 2)
  const rows = Float32Array.of(9, 1, 9, 3, 9, Number.NaN, 9, 3)
  assert.deepEqual([...(await infer(rows, 3))], [-0.5, 1.5, -0.5])
})
