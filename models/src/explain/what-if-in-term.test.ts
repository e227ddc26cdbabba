import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesInTerm } from './what-if-in-term.ts'

const features = ['braking_share', 'weekend_share', 'night_share']
const rows = (score: number[], term: number[]) => ({ score: Float32Array.from(score), term: Float32Array.from(term) })

test('changesInTerm leaves what the term has reached already, whichever way the score goes', () => {
  const changes = [
    { feature: 'braking_share', to: 0.1 },
    { feature: 'night_share', to: 0.5 },
  ]
  assert.deepEqual(changesInTerm(features, changes, rows([0.3, 0, 0.2], [0.2, 0, 0.3])), changes)
  assert.deepEqual(changesInTerm(features, changes, rows([0.3, 0, 0.2], [0.05, 0, 0.6])), [])
  assert.deepEqual(changesInTerm(features, changes, rows([0.1, 0, 0.5], [0.05, 0, 0.6])), [], 'nothing is changed')
})

test('changesInTerm knows nothing of what the term does not, but what nothing was known of before', () => {
  const { NaN: unknown } = Number
  const [value, half] = [
    { feature: 'weekend_share', to: 0 },
    { feature: 'weekend_share', times: 0.5 },
  ]
  assert.deepEqual(changesInTerm(features, [value!], rows([0, 0.1, 0], [0, unknown, 0])), [])
  assert.deepEqual(changesInTerm(features, [half!], rows([0, 0.1, 0], [0, unknown, 0])), [])
  assert.deepEqual(changesInTerm(features, [half!], rows([0, 0.1, 0], [0, 0.3, 0])), [half])
  assert.deepEqual(changesInTerm(features, [value!], rows([0, unknown, 0], [0, unknown, 0])), [value])
})
