import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causeWords } from './cause-words.ts'

test('causeWords say what the catalogue says, and name what it does not know', () => {
  assert.equal(causeWords('jerk_rms'), 'Abrupt pedals')
  assert.equal(causeWords('new_feature'), 'New feature')
})
