import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { Problem } from '@fairmile/contract/http/problem.ts'
import { createRevocations } from '../src/auth/revocations.ts'
import { createSessions, revocationBoundMs } from '../src/auth/sessions.ts'
import { cancelRiskJob, createRiskJob } from '../src/risk/batch/jobs.ts'
import { startServer } from '../src/server.ts'
import { addUser, createTestApp } from './api-rig.ts'
import { engines } from './engines.ts'

describe('streams of jobs', async () => {
  const [embedded = assert.fail()] = engines()
  const { db } = await embedded.open()
  const { id } = await createRiskJob(db, { driverIds: null, periodDays: 30, batchSize: 100, requestedBy: 'test' })
  const path = `/api/v1/risk/jobs/JOB-${id}/stream`
  /** A process of the service; its clock may run ahead. */
  const startProcess = async (ahead = { ms: 0 }) => {
    const sessions = createSessions({
      ...{ secret: new Uint8Array(32).fill(1), revocations: createRevocations({ db }) },
      monotonicMs: () => performance.now() + ahead.ms,
    })
    const server = await startServer({
      app: createTestApp(db, { sessions }).app,
      live: null,
      host: '127.0.0.1',
      port: 0,
    })
    after(() => server.close())
    return { sessions, url: server.url }
  }
  const ahead = { ms: 0 }
  const [here, elsewhere] = [await startProcess(), await startProcess(ahead)]
  const headersOf = (token: string) => ({ authorization: `Bearer ${token}` })
  const logIn = async (email: string) => (await here.sessions.issue(await addUser(db, email))).token
  const logOut = (token: string) =>
    fetch(`${here.url}/api/v1/auth/logout`, { method: 'POST', headers: headersOf(token) })
  const streams: Promise<unknown>[] = []
  /** A stream whose first word has come. */
  const follow = async (token: string, { url } = here) => {
    const closing = new AbortController()
    const response = await fetch(url + path, { headers: headersOf(token), signal: closing.signal })
    if (response.status !== 200) return { response, closing, ended: null }
    const reader = response.body?.getReader() ?? assert.fail()
    const { value } = await reader.read()
    assert.match(new TextDecoder().decode(value), /^event: progress/)
    const ended = (async () => {
      while (!(await reader.read()).done);
    })()
    streams.push(ended.catch(() => undefined)) // one is cut by its reader
    return { response, closing, ended }
  }

  it('end with their session, and no other does', async () => {
    const [leaving, staying] = [await logIn('leaving@example.org'), await logIn('staying@example.org')]
    const [left, stayed] = [await follow(leaving), await follow(staying)]
    await logOut(leaving)
    await left.ended
    assert.equal((await follow(leaving)).response.status, 401)
    const first = await Promise.race([stayed.ended, follow(staying).then(() => 'the other is open')])
    assert.equal(first, 'the other is open')
  })

  it('end in another process too, once it asks anew', async () => {
    const token = await logIn('twice@example.org')
    const { ended } = await follow(token, elsewhere)
    await logOut(token)
    ahead.ms = revocationBoundMs + 1
    await ended
  })

  it('are ten a user; the next is refused in words until one is closed', async () => {
    const token = await logIn('many@example.org')
    const open = await Promise.all(Array.from({ length: 10 }, () => follow(token)))
    const { response } = await follow(token)
    const problem = Problem.parse(await response.json())
    assert.deepEqual([response.status, problem.type], [429, '/problems/too-many-requests'])
    assert.ok(response.headers.get('retry-after'))
    assert.equal((await follow(await logIn('few@example.org'))).response.status, 200)
    open[0]?.closing.abort()
    while ((await follow(token)).response.status !== 200);
  })

  it('end with their job', async () => {
    assert.ok(streams.length > 10)
    await cancelRiskJob(db, id)
    await Promise.all(streams)
  })
})
