import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { InvalidArgumentError } from 'commander'
import { wholeNumber, wholeNumberTo } from './whole-number.ts'

const odd = [
  '',
  ' ',
  '0',
  '-1',
  '+5',
  '007',
  '1.0',
  '1e1',
  '0x10',
  '1_000',
  ' 5',
  '5 ',
  '٣',
  'five',
  '9007199254740993',
]

describe('wholeNumber', () => {
  it('reads plain digits', () => {
    assert.deepEqual(['1', '10', '9007199254740991'].map(wholeNumber), [1, 10, Number.MAX_SAFE_INTEGER])
  })

  for (const text of odd)
    it(`refuses "${text}"`, () => {
      assert.throws(() => wholeNumber(text), new InvalidArgumentError(`"${text}" is no whole number from 1.`))
    })
})

describe('wholeNumberTo', () => {
  it('refuses what is over its end, and says where that is', () => {
    const port = wholeNumberTo(65_535)
    assert.equal(port('65535'), 65_535)
    assert.throws(() => port('65536'), /"65536" is no whole number from 1 to 65535\./)
  })
})
