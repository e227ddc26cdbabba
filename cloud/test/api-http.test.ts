import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { Problem } from '@fairmile/contract/http/problem.ts'
import { Validator } from '@seriousme/openapi-schema-validator'
import { problemKinds } from '../src/http/problem.ts'
import { startServer } from '../src/server.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { engines } from './engines.ts'

const dashboardDir = mkdtempSync(join(tmpdir(), 'fairmile-dashboard-'))
mkdirSync(join(dashboardDir, 'assets'))
writeFileSync(join(dashboardDir, 'index.html'), '<!doctype html><title>dashboard</title>')
writeFileSync(join(dashboardDir, 'assets', 'app-1a2b.js'), 'export {}')
after(() => rmSync(dashboardDir, { recursive: true }))

const [embedded = assert.fail()] = engines()
const { db } = await embedded.open()
const checks = [{ name: 'broker', problem: async () => 'away' }]
const { app, sessions } = createTestApp(db, { dashboardDir, checks })
const { token } = await sessions.issue(await addUser(db, 'admin@example.org'))
const anonymous = caller(app)
const admin = caller(app, token)

describe('the OpenAPI document', () => {
  it('is valid 3.1', async () => {
    const { body } = await anonymous('GET', '/openapi.json')
    const validator = new Validator()
    const { valid, errors } = await validator.validate(body as Record<string, unknown>)
    assert.deepEqual(errors, undefined)
    assert.equal(valid, true)
    assert.equal(validator.version, '3.1')
  })

  it('names each schema once, so that clients can be generated', async () => {
    const { body } = await anonymous('GET', '/openapi.json')
    const { components } = body as { components: { schemas: object } }
    for (const name of ['Problem', 'Trip', 'Score', 'Premium', 'DrivingEventDetail'])
      assert.ok(name in components.schemas, name)
  })
})

describe('a problem', () => {
  const isProblem = (answer: { status: number; body: unknown }, status: number, kind: string): Problem => {
    const problem = Problem.parse(answer.body)
    assert.deepEqual([answer.status, problem.status, problem.type], [status, status, `/problems/${kind}`])
    return problem
  }

  it('is 404 for an unknown path of the API, as for everything that is no page', async () => {
    isProblem(await anonymous('GET', '/api/v1/nothing'), 404, 'not-found')
    isProblem(await anonymous('GET', '/favicon.ico'), 404, 'not-found')
  })

  it('is explained at the address that is its type', async () => {
    const { type } = isProblem(await anonymous('GET', '/api/v1/nothing'), 404, 'not-found')
    const { status, body } = await anonymous('GET', type)
    assert.equal(status, 200)
    assert.partialDeepStrictEqual(body, { type, title: 'Not found', status: 404 })
    for (const kind of problemKinds) assert.equal((await anonymous('GET', `/problems/${kind}`)).status, 200)
    isProblem(await anonymous('GET', '/problems/bad-luck'), 404, 'not-found')
  })

  it('is not 415 for a request without a body, which has no type either', async () => {
    const server = await startServer({ app, live: null, host: '127.0.0.1', port: 0 })
    try {
      const headers = { authorization: `Bearer ${token}` }
      const ask = (path: string, method: string) => fetch(`${server.url}${path}`, { method, headers })
      assert.equal((await ask('/api/v1/admin/webhooks/WHK-0', 'DELETE')).status, 404)
      assert.equal((await ask('/api/v1/live/tickets', 'POST')).status, 201)
      const form = await fetch(`${server.url}/api/v1/live/tickets`, { method: 'POST', headers, body: 'a=1' })
      assert.equal(form.status, 415)
    } finally {
      await server.close()
    }
  })

  it('is 422 for a quote with a class that the plan does not sort by', async () => {
    const asked = { planId: 'fairmile-1', rated: { classes: { some: 'other' } }, expectedKm: 10_000, days: 168 }
    isProblem(await admin('POST', '/api/v1/pricing/quote', asked), 422, 'validation')
  })

  it('is 405 with the methods that there are', async () => {
    const response = await app.request('/api/v1/drivers/DRV-0001', { method: 'DELETE' })
    assert.equal(response.headers.get('allow'), 'GET, PATCH')
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
    isProblem({ status: response.status, body: await response.json() }, 405, 'method-not-allowed')
  })

  it('lists every field that is not valid', async () => {
    const answer = await admin('POST', '/api/v1/drivers', { name: '', email: 'x', password: 'short' })
    const paths = isProblem(answer, 422, 'validation').errors?.map(({ path }) => path)
    assert.deepEqual(paths, ['json.name', 'json.email', 'json.password'])
    isProblem(await admin('GET', '/api/v1/drivers?limit=0'), 422, 'validation')
    isProblem(await admin('GET', '/api/v1/drivers?cursor=x'), 422, 'validation')
    isProblem(await admin('GET', "/api/v1/trips/'OR%201=1"), 422, 'validation')
  })

  it('is 400 for broken JSON, 413 for too much of it and 415 for anything else', async () => {
    const post = async (body: string, type: string) => {
      const headers = { 'content-type': type, 'content-length': String(body.length) }
      const response = await app.request('/api/v1/auth/login', { method: 'POST', headers, body })
      return { status: response.status, body: await response.json() }
    }
    isProblem(await post('{"email":', 'application/json'), 400, 'malformed')
    isProblem(await post('x'.repeat(100_000), 'application/json'), 413, 'too-large')
    isProblem(await post('email=a', 'application/x-www-form-urlencoded'), 415, 'unsupported-media-type')
  })

  it('is 500 without a word of what happened inside', async () => {
    const broken = createTestApp(db, { login: () => Promise.reject(new Error('secret detail')) }).app
    const answer = await caller(broken)('POST', '/api/v1/auth/login', { email: 'a@example.org', password: 'x' })
    assert.doesNotMatch(JSON.stringify(isProblem(answer, 500, 'internal')), /secret detail/)
  })
})

describe('pages', () => {
  const get = (path: string) => app.request(path)

  it('come with a policy that runs no inline script and no other origin', async () => {
    for (const path of ['/', '/docs', '/api/v1/nothing']) {
      const policy = (await get(path)).headers.get('content-security-policy') ?? ''
      assert.match(policy, /default-src 'none'/)
      assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/)
      assert.match(policy, /frame-ancestors 'none'/)
    }
  })

  it('of Redoc may beside that run a worker of its own and add styles that are known, and nothing else', async () => {
    const policyOf = async (path: string) =>
      ((await get(path)).headers.get('content-security-policy') ?? '').split('; ').sort()
    const [strict, redoc] = [await policyOf('/docs'), await policyOf('/redoc')]
    const more = redoc.filter((rule) => !strict.includes(rule))
    assert.match(more.join('\n'), /^style-src 'self' 'sha256-\S+' 'sha256-\S+'\nworker-src blob:$/)
    assert.deepEqual(
      strict.filter((rule) => !redoc.includes(rule)),
      ["style-src 'self'"],
    )
    assert.deepEqual(await policyOf('/redoc/start.js'), strict)
  })

  it('of the dashboard are its index for every path without a dot, never cached', async () => {
    for (const path of ['/', '/trips/TRP-1']) {
      const response = await get(path)
      assert.match(await response.text(), /dashboard/)
      assert.equal(response.headers.get('cache-control'), 'no-cache')
    }
  })

  it('load hashed files that may be kept for ever, and nothing from outside the folder', async () => {
    const response = await get('/assets/app-1a2b.js')
    assert.equal(response.headers.get('cache-control'), 'public, max-age=31536000, immutable')
    assert.equal((await get('/assets/gone.js')).status, 404)
    assert.equal((await get('/..%2f..%2fetc/passwd.txt')).status, 404)
  })

  it('of the reference are whole without any other server', async () => {
    for (const path of ['/docs', '/redoc']) {
      const html = await (await get(path)).text()
      const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '')
      assert.equal(links.length, 4)
      for (const link of links) {
        assert.match(link, /^\//)
        assert.equal((await get(link)).status, 200, link)
      }
    }
  })
})

describe('operations', () => {
  it('say that the process lives, what is not ready, and what Prometheus asks', async () => {
    assert.deepEqual(await anonymous('GET', '/health'), { status: 200, body: { status: 'ok' } })
    assert.deepEqual(await anonymous('GET', '/ready'), {
      status: 503,
      body: { status: 'not ready', checks: [{ name: 'broker', problem: 'away' }] },
    })
    const { body } = await anonymous('GET', '/metrics')
    assert.match(String(body), /fairmile_http_requests_total\{method="GET",status="200"\}/)
  })
})
