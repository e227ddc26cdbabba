import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { idempotencyKeys } from '../src/db/schema/idempotency.ts'
import { drivers } from '../src/db/schema/people.ts'
import { addUser, createTestApp, password } from './api-rig.ts'
import { engines } from './engines.ts'

for (const engine of engines()) {
  describe(`Idempotency-Key on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const { app, sessions } = createTestApp(db)
    const first = (await sessions.issue(await addUser(db, 'first@example.org'))).token
    const second = (await sessions.issue(await addUser(db, 'second@example.org'))).token
    const key = '6f1c2b1e-2d0c-4a53-9a55-b7f5f8a0f001'
    const create = (email: string, { token = first, with: used = key, query = '' } = {}) =>
      app.request(`/api/v1/drivers${query}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': used },
        body: JSON.stringify({ name: 'Ana', email, password }),
      })

    it('creates once and gives the first answer again, which lies sealed in the database', async () => {
      const answers = [await create('ana@example.org'), await create('ana@example.org')]
      const bodies = await Promise.all(answers.map((answer) => answer.text()))
      assert.deepEqual(
        answers.map(({ status }) => status),
        [201, 201],
      )
      assert.equal(bodies[0], bodies[1])
      assert.equal(answers[1]?.headers.get('idempotency-replayed'), 'true')
      assert.equal(answers[1]?.headers.get('cache-control'), 'no-store')
      assert.equal((await db.select().from(drivers)).length, 1)
      const [kept] = await db.select().from(idempotencyKeys)
      assert.ok(kept?.answer && !kept.answer.includes('ana'))
    })

    it('gives the headers of the first answer again that mean something, and those of before as JSON', async () => {
      const ask = () =>
        app.request('/api/v1/risk/batch-calculate', {
          method: 'POST',
          headers: {
            authorization: `Bearer ${first}`,
            'content-type': 'application/json',
            'idempotency-key': `${key}-2`,
          },
          body: JSON.stringify({ driver_ids: ['DRV-0001'] }),
        })
      const named = ({ headers }: Response) => ['location', 'content-type', 'etag'].map((name) => headers.get(name))
      const [made, again] = [await ask(), await ask()]
      assert.equal(again.headers.get('idempotency-replayed'), 'true')
      assert.match(made.headers.get('location') ?? '', /^\/api\/v1\/risk\/jobs\/JOB-\d+$/)
      assert.deepEqual(named(again), named(made))
      await db.update(idempotencyKeys).set({ headers: null })
      assert.deepEqual(named(await ask()), [null, 'application/json', null])
    })

    it('refuses the key for the same body with another query', async () => {
      assert.equal((await create('ana@example.org')).status, 201)
      assert.equal((await create('ana@example.org', { query: '?dry=true' })).status, 409)
    })

    it('refuses the key for another request, and one that can be guessed', async () => {
      assert.equal((await create('other@example.org')).status, 409)
      assert.equal((await create('other@example.org', { with: 'short' })).status, 422)
    })

    it('is each user’s own', async () => {
      assert.equal((await create('bo@example.org', { token: second })).status, 201)
    })

    it('keeps no failure: the request may be put right and sent again', async () => {
      const used = '6f1c2b1e-2d0c-4a53-9a55-b7f5f8a0f002'
      assert.equal((await create('no address', { with: used })).status, 422)
      assert.equal((await create('cy@example.org', { with: used })).status, 201)
    })
  })
}
