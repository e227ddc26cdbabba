import assert from 'node:assert/strict'
import { test } from 'node:test'
import { marginOf, parseTrees } from './trees.ts'
import { modelJson, type Node } from './trees-example.ts'

const root: Node = {
  feature: 0,
  below: 1.5,
  unknownLess: false,
  less: { feature: 1, below: 0, unknownLess: true, less: -0.5, more: 0.25 },
  more: 1,
}

test('marginOf follows splits, equal goes right, unknown goes the learnt way', () => {
  const model = parseTrees(modelJson([root, 0.125], 2))
  const margin = (...row: number[]): number => marginOf(model, Float32Array.from(row))
  assert.equal(margin(1, -1), -0.375)
  assert.equal(margin(1, 0), 0.375)
  assert.equal(margin(1.5, -1), 1.125)
  assert.equal(margin(Number.NaN, -1), 1.125)
  assert.equal(margin(0, Number.NaN), -0.375)
})

test('parseTrees turns the base score into a margin by objective, in both spellings', () => {
  assert.equal(parseTrees(modelJson([root], 2, 'count:poisson', '[2.5E-1]')).baseMargin, Math.fround(Math.log(0.25)))
  assert.equal(parseTrees(modelJson([root], 2, 'binary:logistic', '2.5E-1')).baseMargin, Math.fround(Math.log(1 / 3)))
})

test('parseTrees refuses what it does not evaluate', () => {
  assert.throws(() => parseTrees(modelJson([root], 2, 'rank:pairwise')), /objective "rank:pairwise"/)
})
