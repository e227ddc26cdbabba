import assert from 'node:assert/strict'
import { test } from 'node:test'
import { oddText } from './odd-text.ts'

test('oddText finds NUL, half characters and too many levels, wherever they are', () => {
  assert.deepEqual(oddText({ a: { b: ['x', 'y\0'] } })?.path, ['a', 'b', '1'])
  assert.deepEqual(oddText('\ud800')?.path, [])
  assert.deepEqual(oddText({ a: { 'k\udfff': 1 } })?.path, ['a'])
  let deep: unknown = 1
  for (let n = 0; n < 50_000; n++) deep = [deep]
  assert.match(oddText({ deep })?.message ?? '', /levels/)
})

test('oddText has nothing against what people write', () => {
  for (const value of ['Zoë 🚗 Müller', '', null, undefined, 12, { a: [{ b: '\u202e' }] }])
    assert.equal(oddText(value), null)
})
