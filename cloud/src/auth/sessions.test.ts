import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { User } from '@fairmile/contract/http/auth.ts'
import { createSessions as create, type Revocations, revocationBoundMs } from './sessions.ts'

const secret = new Uint8Array(32).fill(7)

/** Revocations in memory, and how often they were asked. */
function revocationsInMemory(): Revocations & { asked: () => number } {
  const revoked = new Set<string>()
  let asked = 0
  return {
    has: async (hash) => {
      asked++
      return revoked.has(hash)
    },
    add: async (hash) => void revoked.add(hash),
    asked: () => asked,
  }
}
const createSessions = (options: Omit<Parameters<typeof create>[0], 'revocations'>) =>
  create({ ...options, revocations: revocationsInMemory() })
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

test('Sessions.peek gives a user that was verified a moment ago, and nobody before or after', async () => {
  let monotonicMs = 0
  const sessions = createSessions({ secret, monotonicMs: () => monotonicMs })
  const { token } = await sessions.issue(user)
  assert.equal(sessions.peek(token), null)
  await sessions.verify(token)
  assert.deepEqual(sessions.peek(token), user)
  monotonicMs = revocationBoundMs
  assert.equal(sessions.peek(token), null)
})

test('Sessions.revoke ends a session here at once, and in another process within the bound, also where the wall clock is set back', async () => {
  const clock = { wallMs: Date.now(), monotonicMs: 0 }
  const revocations = revocationsInMemory()
  const [here, elsewhere] = [1, 2].map(() =>
    create({ secret, revocations, now: () => clock.wallMs, monotonicMs: () => clock.monotonicMs }),
  )
  assert.ok(here && elsewhere)
  const { token } = await here.issue(user)
  const { token: other } = await here.issue(user)
  for (const sessions of [here, elsewhere]) assert.deepEqual(await sessions.verify(token), user)
  await here.revoke(token)
  assert.equal(await here.verify(token), null)
  assert.deepEqual(await here.verify(other), user)
  clock.wallMs -= 3_600_000
  clock.monotonicMs = revocationBoundMs
  assert.equal(await elsewhere.verify(token), null)
})

test('Sessions.verify looks at a token once for all who ask at once, and not again for a while', async () => {
  const revocations = revocationsInMemory()
  const sessions = create({ secret, revocations })
  const { token } = await sessions.issue(user)
  await Promise.all([1, 2, 3].map(() => sessions.verify(token)))
  await sessions.verify(token)
  assert.equal(revocations.asked(), 1)
})
