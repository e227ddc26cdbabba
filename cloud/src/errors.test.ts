import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { messageOf, toLogged } from './errors.ts'

const cause = Object.assign(new Error('duplicate key value violates unique constraint "users_email_key"'), {
  code: '23505',
  detail: 'Key (email)=(ann@example.org) already exists.',
  constraint: 'users_email_key',
})
const failed = new DrizzleQueryError('insert into "users" values ($1, $2)', ['ann@example.org', 'scrypt$secret'], cause)

test('messageOf tells why a statement failed, without its values', () => {
  assert.equal(messageOf(failed), cause.message)
  assert.equal(messageOf('broken'), 'broken')
})

test('toLogged tells type, code and constraint of an error, without the values of its statement', () => {
  const logged = JSON.stringify(toLogged(failed))
  assert.match(logged, /users_email_key/)
  assert.match(logged, /23505/)
  assert.doesNotMatch(logged, /ann@example|secret/)
})
