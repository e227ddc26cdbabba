import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createTreeShap } from './tree-shap.ts'
import { childOf, marginOf, parseTrees, type Tree, type TreeModel } from './trees.ts'
import { modelJson, type Node } from './trees-example.ts'

const columns = 4
/** Its tables end at depth 5, so that these trees have both tables and leaves that are too deep for one. */
const deepest = 8

const splits = { below: fc.integer({ min: -3, max: 3 }), unknownLess: fc.boolean() }
const nodes = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'tree' },
    fc.integer({ min: -100, max: 100 }).map((value) => value / 100),
    fc.record({
      feature: fc.integer({ min: 0, max: columns - 1 }),
      ...splits,
      less: tie('node'),
      more: tie('node'),
    }),
  ),
})).node
const models = fc.array(nodes, { minLength: 1, maxLength: 4 }).map((roots) => parseTrees(modelJson(roots, columns)))

/** Trees with one long way down, a small tree beside each split of it; of four features, so that each comes again on the way. */
const deepModels = fc
  .tuple(
    fc.array(fc.record({ feature: fc.nat(columns - 1), ...splits, beside: nodes, left: fc.boolean() }), {
      minLength: 1,
      maxLength: deepest,
    }),
    fc.integer({ min: -100, max: 100 }),
  )
  .map(([steps, leaf]) =>
    steps.reduce<Node>(
      (node, { beside, left, ...split }) => ({ ...split, less: left ? node : beside, more: left ? beside : node }),
      leaf / 100,
    ),
  )
  .map((root) => parseTrees(modelJson([root, 0.5], columns)))
const rows = fc
  .array(fc.oneof(fc.integer({ min: -4, max: 4 }), fc.constant(Number.NaN)), { minLength: columns, maxLength: columns })
  .map((row) => Float32Array.from(row))

test('createTreeShap is additive: base and values are the margin', () => {
  fc.assert(
    fc.property(fc.oneof(models, deepModels), rows, (model, row) => {
      const { base, values } = explain(model, row)
      const sum = values.reduce((total, value) => total + value, base)
      assert.ok(Math.abs(sum - marginOf(model, row)) < 1e-5)
    }),
    { seed: 5, numRuns: 500 },
  )
})

test('createTreeShap gives the Shapley values of the definition', () => {
  fc.assert(
    fc.property(models, rows, (model, row) => {
      const { values } = explain(model, row)
      for (let column = 0; column < columns; column++)
        assert.ok(Math.abs(values[column]! - shapley(model, row, column)) < 1e-6)
    }),
    { seed: 6, numRuns: 200 },
  )
})

test('createTreeShap gives the Shapley values of the definition for deep trees that ask a feature again on their way', () => {
  let deep = 0
  fc.assert(
    fc.property(deepModels, rows, (model, row) => {
      deep += model.depth > deepest ? 1 : 0
      const { values } = explain(model, row)
      for (let column = 0; column < columns; column++)
        assert.ok(Math.abs(values[column]! - shapley(model, row, column)) < 1e-9)
    }),
    { seed: 7, numRuns: 500 },
  )
  assert.ok(deep > 50, `only ${deep} trees were deeper than ${deepest}`)
})

test('createTreeShap explains many rows as it does each of them, to the last bit', () => {
  fc.assert(
    fc.property(deepModels, fc.array(rows, { minLength: 1, maxLength: 100, size: 'max' }), (model, many) => {
      const shap = createTreeShap(model)
      const out = new Float64Array(many.length * columns)
      shap.explainRows(Float32Array.from(many.flatMap((row) => [...row])), many.length, out)
      const one = new Float64Array(columns)
      for (const [index, row] of many.entries()) {
        shap.explain(row, one)
        assert.deepEqual(out.subarray(index * columns, (index + 1) * columns), one)
      }
    }),
    { seed: 8, numRuns: 100 },
  )
})

test('createTreeShap gives the same for a row whatever was explained before', () => {
  const model = parseTrees(
    modelJson(
      [
        {
          feature: 0,
          below: 0,
          unknownLess: true,
          less: -1,
          more: { feature: 1, below: 0, unknownLess: true, less: 0, more: 1 },
        },
      ],
      columns,
    ),
  )
  const shap = createTreeShap(model)
  const out = new Float64Array(columns)
  shap.explain(Float32Array.of(1, 1, 0, 0), out)
  const first = [...out]
  shap.explain(Float32Array.of(-1, 1, 0, 0), out)
  shap.explain(Float32Array.of(1, 1, 0, 0), out)
  assert.deepEqual([...out], first)
})

function explain(model: TreeModel, row: Float32Array): { base: number; values: number[] } {
  const shap = createTreeShap(model)
  const out = new Float64Array(columns)
  shap.explain(row, out)
  return { base: shap.base, values: [...out] }
}

/** Σ over subsets S without the column of |S|!(M−|S|−1)!/M! × (E[f | S and column] − E[f | S]). */
function shapley(model: TreeModel, row: Float32Array, column: number): number {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  let sum = 0
  for (let known = 0; known < 1 << columns; known++) {
    if (known & (1 << column)) continue
    const size = [...known.toString(2)].filter((bit) => bit === '1').length
    const weight = (factorial(size) * factorial(columns - size - 1)) / factorial(columns)
    for (const tree of model.trees)
      sum += weight * (expected(tree, 0, row, known | (1 << column)) - expected(tree, 0, row, known))
  }
  return sum
}

/** Mean of a tree when only the features of the bit mask are known, by the cover of its ways. */
function expected(tree: Tree, node: number, row: Float32Array, known: number): number {
  const left = tree.left[node]!
  if (left < 0) return tree.threshold[node]!
  if (known & (1 << tree.feature[node]!)) return expected(tree, childOf(tree, node, row), row, known)
  const right = tree.right[node]!
  const part = (child: number): number => (tree.cover[child]! / tree.cover[node]!) * expected(tree, child, row, known)
  return part(left) + part(right)
}
