import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { asBefore, packColumn, unpackColumn } from './column.ts'

const value = fc.option(
  fc.oneof(
    fc.integer({ min: -50, max: 50 }),
    fc.maxSafeInteger().map((n) => Math.trunc(n / 8)),
  ),
)

test('unpackColumn gives back every column that packColumn was given', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 200 }), (column) => {
      assert.deepEqual(unpackColumn(packColumn(column, asBefore), column.length, asBefore), column)
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('unpackColumn goes the short way round at a modulus', () => {
  const guess = { ...asBefore, modulus: 3600 }
  const column = [3599, 0, 1, 3598, null, 2, 1802, 2]
  const packed = packColumn(column, guess)
  assert.deepEqual(unpackColumn(packed, column.length, guess), column)
  assert.ok(packed.length < packColumn(column, asBefore).length)
})

test('packColumn spends next to nothing on what never changes or is never known', () => {
  assert.equal(packColumn(Array(1000).fill(null), asBefore).length, 1)
  assert.ok(packColumn(Array(1000).fill(50), asBefore).length <= 2)
})

test('unpackColumn refuses a column that is too short or too long', () => {
  const packed = packColumn([1, 5, -300, 22, 7, 90], asBefore)
  assert.throws(() => unpackColumn(packed.subarray(0, 2), 6, asBefore), /ends too early/)
  assert.throws(() => unpackColumn(packed, 60, asBefore), /ends too early/)
  assert.throws(() => unpackColumn(packed, 2, asBefore), /left over/)
  assert.throws(() => unpackColumn(new Uint8Array(0), 0, asBefore), /ends too early/)
})
