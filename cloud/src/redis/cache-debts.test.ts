import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDebts } from './cache-debts.ts'

test('Debts are paid in their order, and become one of everything when there are too many', () => {
  const debts = createDebts({ limit: 2 })
  const [first, second] = [{ tags: ['a'] }, { tags: ['b'] }]
  debts.owe(first)
  debts.owe(second)
  assert.equal(debts.next(), first)
  debts.paid(first)
  assert.equal(debts.next(), second)
  debts.owe(first)
  debts.owe({ pattern: '*' })
  assert.deepEqual([debts.count(), debts.next()], [1, { all: true }])
})
