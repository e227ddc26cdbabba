import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { openStoppable } from './stoppable-postgres.ts'

/** Of what is asked while PostgreSQL stands still; what is asked afterwards has the service's own limit. */
const answerWithinMs = 300

describe('a read while PostgreSQL stands still', async () => {
  const { postgres, database } = await openStoppable()
  const { db } = database
  const { driverId } = await addDevice(db)
  const { app, sessions } = createTestApp(db, { answerWithinMs })
  const patient = createTestApp(db)
  const { token } = await sessions.issue(await addUser(db, 'admin@example.org'))
  const get = (path: string, of = app) => of.request(path, { headers: { authorization: `Bearer ${token}` } })

  for (const path of [`/api/v1/drivers/${driverId}/trips`, '/api/v1/dead-letters'])
    it(`is told in time to ask again, and then answered: ${path}`, async () => {
      postgres.pause()
      const late = await get(path)
      const asked = await late.json()
      postgres.resume()
      assert.deepEqual(
        [
          late.status,
          late.headers.get('content-type'),
          late.headers.get('retry-after'),
          late.headers.get('cache-control'),
        ],
        [503, 'application/problem+json', '1', 'no-store'],
      )
      assert.match(late.headers.get('content-security-policy') ?? '', /default-src 'none'/)
      assert.deepEqual(asked, {
        ...{ type: '/problems/unavailable', title: 'Not ready', status: 503, instance: path },
        detail: 'There was no answer within 1 s; ask again.',
      })
      assert.equal((await get(path, patient.app)).status, 200)
    })

  it('is no write, which is waited for', async () => {
    postgres.pause()
    const created = caller(app, token)('POST', '/api/v1/drivers', { name: 'In time or not', email: 'late@example.org' })
    assert.equal((await get('/api/v1/dead-letters')).status, 503)
    postgres.resume()
    assert.notEqual((await created).status, 503)
  })
})
