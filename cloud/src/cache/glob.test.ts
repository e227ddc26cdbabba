import assert from 'node:assert/strict'
import { test } from 'node:test'
import { globOf } from './glob.ts'

test('globOf matches whole paths, * any text, ? one character, and a point itself alone', () => {
  const score = globOf('/api/v1/drivers/*/score')
  assert.equal(score('/api/v1/drivers/DRV-0001/score'), true)
  assert.equal(score('/api/v1/drivers/DRV-0001/score/x'), false)
  assert.equal(globOf('/a.?')('/a.b'), true)
  assert.equal(globOf('/a.?')('/axb'), false)
})

test('globOf refuses what Redis and we could read differently', () => {
  for (const pattern of ['', '[a-z]', '\\*', 'a b', '(a+)+', 'x'.repeat(201), '*a*a*a*a*a*b'])
    assert.throws(() => globOf(pattern), RangeError)
})
