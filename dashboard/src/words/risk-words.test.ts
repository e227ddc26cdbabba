import assert from 'node:assert/strict'
import { it } from 'node:test'
import { riskStep, riskWord } from './risk-words.ts'

it('riskStep has five steps and stays among them', () => {
  assert.deepEqual([-3, 0, 19.9, 20, 59, 80, 100].map(riskStep), [0, 0, 0, 1, 2, 4, 4])
  assert.equal(riskWord(38), 'fairly low')
})
