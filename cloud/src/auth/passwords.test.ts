import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword, verifyPassword } from './passwords.ts'

const cheap = { N: 16, r: 1, p: 1 }

test('verifyPassword accepts the password that made the hash and no other', async () => {
  const hash = await hashPassword('correct horse', cheap)
  assert.equal(await verifyPassword('correct horse', hash), true)
  assert.equal(await verifyPassword('correct horsf', hash), false)
  assert.equal(await verifyPassword('', hash), false)
})

test('hashPassword salts: the same password gives two hashes that name their cost', async () => {
  const [first, second] = await Promise.all([hashPassword('x', cheap), hashPassword('x', cheap)])
  assert.notEqual(first, second)
  assert.match(first, /^scrypt\$16\$1\$1\$/)
})

test('verifyPassword normalises, so that a composed and a decomposed é are one password', async () => {
  assert.equal(await verifyPassword('caf\u00e9', await hashPassword('cafe\u0301', cheap)), true)
})

test('verifyPassword refuses a stored hash that is not scrypt', async () => {
  await assert.rejects(verifyPassword('x', 'plain'), /not scrypt/)
})
