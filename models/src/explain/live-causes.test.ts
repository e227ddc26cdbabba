import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLiveCauses } from './live-causes.ts'

/** Causes of a model whose SHAP values are the row itself. */
const causes = () =>
  createLiveCauses({ shap: { base: 0, explain: (row, out) => out.set(row) }, features: ['a', 'b', 'c', 'd'] })

test('createLiveCauses names what raised the risk, the strongest first, with its part of it', () => {
  const live = causes()
  assert.deepEqual(live.top(), [])
  live.push(Float32Array.of(1, 3, -9, 0.1))
  live.push(Float32Array.of(1, 3, -9, 0.1))
  assert.deepEqual(live.top(), [
    { feature: 'b', share: 0.73 },
    { feature: 'a', share: 0.24 },
  ])
})

test('createLiveCauses forgets what is older than a minute, and names three', () => {
  const live = causes()
  for (let n = 0; n < 60; n++) live.push(Float32Array.of(5, 0, 0, 0))
  for (let n = 0; n < 60; n++) live.push(Float32Array.of(0, 1, 1, 2))
  assert.deepEqual(
    live.top().map(({ feature }) => feature),
    ['d', 'b', 'c'],
  )
  for (let n = 0; n < 60; n++) live.push(Float32Array.of(-1, -1, -1, -1))
  assert.deepEqual(live.top(), [])
})
