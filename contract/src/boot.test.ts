import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bootId } from './boot.ts'

test('bootId grows with the counter, differs by generation and stays exact', () => {
  assert.equal(bootId(0, 1), 1)
  assert.ok(bootId(7, 2) > bootId(7, 1))
  assert.notEqual(bootId(7, 1), bootId(8, 1))
  assert.ok(Number.isSafeInteger(bootId(2 ** 32 - 1, 2 ** 20 - 1)))
})

test('bootId refuses what does not fit', () => {
  assert.throws(() => bootId(2 ** 32, 1), /32 bits/)
  assert.throws(() => bootId(1.5, 1), /32 bits/)
  assert.throws(() => bootId(1, 2 ** 20), /start a new outbox/)
  assert.throws(() => bootId(1, -1), /counter/)
})
