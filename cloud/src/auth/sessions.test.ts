import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { User } from '@fairmile/contract/http/auth.ts'
import { createSessions } from './sessions.ts'

const secret = new Uint8Array(32).fill(7)
const user: User = { id: 'USR-1', email: 'a@example.org', name: 'A', role: 'driver', driverId: 'DRV-0001' }

test('Sessions.verify gives back the user of an issued token, and does so again from its cache', async () => {
  const sessions = createSessions({ secret, now: () => 1_000_000 })
  const { token, expiresAt } = await sessions.issue(user)
  assert.deepEqual(await sessions.verify(token), user)
  assert.deepEqual(await sessions.verify(token), user)
  assert.equal(expiresAt.getTime(), 1_000_000 + 12 * 3600 * 1000)
})

test('Sessions.verify refuses an expired token, cached or not', async () => {
  let nowMs = 0
  const sessions = createSessions({ secret, now: () => nowMs })
  const { token } = await sessions.issue(user)
  assert.notEqual(await sessions.verify(token), null)
  nowMs = 12 * 3600 * 1000 + 1
  assert.equal(await sessions.verify(token), null)
  assert.equal(await createSessions({ secret, now: () => nowMs }).verify(token), null)
})

test('Sessions.verify refuses another key, no signature, garbage and an endless token', async () => {
  const { token } = await createSessions({ secret: new Uint8Array(32).fill(8) }).issue(user)
  const sessions = createSessions({ secret })
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`
  for (const bad of [token, none, 'garbage', '', 'x'.repeat(5_000)]) assert.equal(await sessions.verify(bad), null)
})

test('createSessions refuses a short key', () => {
  assert.throws(() => createSessions({ secret: new Uint8Array(8) }), /at least 32/)
})
