import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { UsageError } from '../errors.ts'
import { highRiskDefault, readHighRisk } from './high-risk.ts'

describe('readHighRisk', () => {
  it('reads the limit and what is calm again, the default where nothing is given', () => {
    assert.deepEqual(readHighRisk('80/65.5'), { limit: 80, calm: 65.5 })
    assert.deepEqual(readHighRisk('100/100'), { limit: 100, calm: 100 })
    assert.deepEqual(readHighRisk(''), highRiskDefault)
  })

  for (const text of ['80', '60/70', '101/60', '0/0', '-1/0', '70/60/50', '70/', 'high/low', '70,60', '1e1/1'])
    it(`refuses "${text}", and says so`, () => {
      assert.throws(
        () => readHighRisk(text),
        (error) => error instanceof UsageError && error.message.includes(`it is "${text}"`),
      )
    })
})
