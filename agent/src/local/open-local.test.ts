import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { localPaths } from '@fairmile/contract/local-paths.ts'
import type { PairedPhone, PhoneReport } from '@fairmile/contract/phone.ts'
import type { ScreenState } from '@fairmile/contract/screen.ts'
import { createLog } from '../log.ts'
import type { Screen, SharedScreen } from '../screen/screen.ts'
import { askAgent } from './ask-agent.ts'
import { openLocal } from './open-local.ts'
import { openPhoneStore } from './phone-store.ts'

const shown: SharedScreen = {
  at: 0,
  view: 'parked',
  ground: 'black',
  score: null,
  overKmh: null,
  limitKmh: null,
  troubles: [],
  alert: null,
  lastTrip: null,
  online: true,
  waiting: 0,
}

/** A local API on any port, with the screen's state in the test's hand. */
async function start(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'fairmile-local-'))
  const pages = join(folder, 'pages')
  mkdirSync(join(pages, 'assets'), { recursive: true })
  writeFileSync(join(pages, 'index.html'), '<!doctype html>')
  writeFileSync(join(pages, 'assets', 'a-1.js'), '1')
  const state = { ...shown }
  const screen: Screen = { onChange: null, motion() {}, live() {}, alert() {}, trip() {}, state: () => state }
  const reports: PhoneReport[] = []
  const found = Promise.withResolvers<string>()
  const warnings: string[] = []
  const local = openLocal({
    address: { host: '127.0.0.1', port: 0 },
    pages,
    folder,
    screen,
    doctor: async () => ({ at: 1, agentVersion: '0', ok: true, findings: [] }),
    phone: (report) => void reports.push(report),
    wallMs: () => 1,
    log: {
      ...createLog({ level: 'silent' }),
      info: (about: { url: string }) => found.resolve(about.url),
      warn: (_about: object, text: string) => void warnings.push(text),
    } as never,
  })
  t.after(async () => {
    await local.close()
    rmSync(folder, { recursive: true })
  })
  const url = await found.promise
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  return { url, folder, pages, state, screen, reports, warnings, post }
}

/** The states that a screen is told, one after the other. */
async function* states(url: string): AsyncGenerator<ScreenState> {
  const { body } = await fetch(url + localPaths.screen)
  let text = ''
  for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const line = text.slice(0, end)
      text = text.slice(end + 2)
      if (line.startsWith('data: ')) yield JSON.parse(line.slice(6)) as ScreenState
    }
  }
}

const next = async (told: AsyncGenerator<ScreenState>): Promise<ScreenState> => (await told.next()).value as ScreenState

/** A code as the box's own screen shows it. */
async function showCode({ url, post }: Awaited<ReturnType<typeof start>>): Promise<string> {
  assert.equal((await post(localPaths.pairing, '')).status, 202)
  const told = states(url)
  const { pairing } = await next(told)
  await told.return(undefined)
  assert.match(pairing?.code ?? '', /^\d{6}$/)
  return pairing!.code
}

test('openLocal tells a screen the state when it connects and whenever it changes', async (t) => {
  const { url, screen, state } = await start(t)
  const told = states(url)
  assert.equal((await next(told)).score, null)
  state.score = 73
  screen.onChange?.()
  assert.equal((await next(told)).score, 73)
  const late = states(url)
  assert.equal((await next(late)).score, 73)
  await told.return(undefined)
  await late.return(undefined)
})

test('openLocal serves the page with a strict policy, and nothing beside it', async (t) => {
  const { url, pages } = await start(t)
  const page = await fetch(url)
  assert.equal(page.status, 200)
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors 'none'/)
  assert.equal(page.headers.get('access-control-allow-origin'), null)
  assert.match((await fetch(`${url}/assets/a-1.js`)).headers.get('cache-control') ?? '', /immutable/)
  for (const path of ['/phones.json', '/..%2fphones.json', '/assets/', '/local/v1/none', '/assets/../../phones.json'])
    assert.equal((await fetch(url + path)).status, 404, path)
  rmSync(pages, { recursive: true })
  const missing = await fetch(url)
  assert.equal(missing.status, 503)
  assert.match(await missing.text(), /npm run build/)
})

test('openLocal answers only to this computer’s names, and to no page of another origin', async (t) => {
  const { url, post } = await start(t)
  const status = await new Promise((resolve) => {
    request(`${url}${localPaths.screen}`, { headers: { host: 'evil.example' } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).end()
  })
  assert.equal(status, 421)
  assert.equal((await post(localPaths.pairing, '', { origin: 'http://evil.example' })).status, 403)
  assert.equal((await post(localPaths.pairing, '', { 'sec-fetch-site': 'cross-site' })).status, 403)
})

test('openLocal has the agent examined for a command on this computer', async (t) => {
  const { url } = await start(t)
  const port = Number(new URL(url).port)
  const answer = await askAgent({ host: '0.0.0.0', port }, localPaths.report)
  assert.deepEqual(await answer?.json(), { at: 1, agentVersion: '0', ok: true, findings: [] })
})

test('openLocal pairs a phone by the code on the screen, keeps its token hashed, and takes what it says', async (t) => {
  const local = await start(t)
  const { post, reports, folder } = local
  const code = await showCode(local)
  const answer = await post(localPaths.pair, { code, name: 'Anna’s phone' })
  assert.equal(answer.status, 201)
  const { id, token } = (await answer.json()) as PairedPhone
  const kept = readFileSync(join(folder, 'phones.json'), 'utf8')
  assert.ok(kept.includes(id) && !kept.includes(token))
  assert.equal(statSync(join(folder, 'phones.json')).mode & 0o777, 0o600)
  assert.equal((await post(localPaths.pair, { code, name: 'again' })).status, 409, 'a code pairs once')

  const authorization = `Bearer ${token}`
  const report = { handling: true, screenOn: true, call: null }
  assert.equal((await post(localPaths.phone, report, { authorization })).status, 200)
  assert.deepEqual(reports, [report])
  openPhoneStore({ folder, warn: assert.fail }).remove(id)
  assert.equal((await post(localPaths.phone, report, { authorization })).status, 401)
})

test('openLocal takes the phone that speaks first for the driver’s', async (t) => {
  const { post, reports, folder } = await start(t)
  const store = openPhoneStore({ folder, warn: assert.fail })
  const [first, second] = ['a', 'b'].map((name) => `Bearer ${store.add(name, 0)!.token}`) as [string, string]
  const say = async (authorization: string, screenOn: boolean) =>
    (await post(localPaths.phone, { handling: null, screenOn, call: null }, { authorization })).json()
  assert.deepEqual(await say(first, true), { linked: true })
  assert.deepEqual(await say(second, false), { linked: false })
  assert.deepEqual(reports, [{ handling: null, screenOn: true, call: null }])
})

test('openLocal voids a code that was wrong five times, and shows none while driving', async (t) => {
  const local = await start(t)
  const code = await showCode(local)
  const wrong = code === '000000' ? '000001' : '000000'
  for (let i = 0; i < 5; i++) assert.equal((await local.post(localPaths.pair, { code: wrong, name: 'x' })).status, 403)
  assert.equal((await local.post(localPaths.pair, { code, name: 'x' })).status, 409)
  local.state.view = 'driving'
  assert.equal((await local.post(localPaths.pairing, '')).status, 409)
})

test('openLocal refuses bodies that are too large, no JSON, or of another shape, and too many of them', async (t) => {
  const { post, folder, reports } = await start(t)
  const authorization = `Bearer ${openPhoneStore({ folder, warn: assert.fail }).add('x', 0)!.token}`
  const status = async (body: unknown, headers = {}) =>
    (await post(localPaths.phone, body, { authorization, ...headers })).status
  assert.equal(await status('x'.repeat(2000)), 413)
  assert.equal(await status('{'), 400)
  assert.equal(await status({ handling: 'yes', screenOn: null, call: null }), 422)
  assert.equal(await status({ handling: true, screenOn: null, call: null, more: 1 }), 422)
  assert.equal(await status('{}', { 'content-type': 'text/plain' }), 415)
  assert.equal(await status('{}', { authorization: 'Bearer none' }), 401)
  const statuses = await Promise.all(Array.from({ length: 20 }, () => status('{')))
  assert.ok(statuses.includes(429))
  assert.deepEqual(reports, [])
})

test('the local API answers 400 to a request target that is no path', async (t) => {
  const { url } = await start(t)
  for (const path of ['//', 'http://[']) {
    const status = await new Promise((resolve, reject) => {
      request(url, { path }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end()
    })
    assert.equal(status, 400, path)
  }
})

for (const [what, text] of [
  ['no JSON', '{"phones": [{'],
  ['of another shape', '{"phones": 1}'],
  ['with a hash of another length', '{"phones":[{"id":"P","name":"x","tokenHash":"AA","pairedAt":0}]}'],
] as const)
  test(`openLocal sets a phones.json that is ${what} aside, says so once, and goes on`, async (t) => {
    const { url, folder, post, warnings } = await start(t)
    const told = states(url)
    await next(told)
    writeFileSync(join(folder, 'phones.json'), text)
    for (let i = 0; i < 2; i++) assert.equal((await next(told)).phones, 0)
    assert.deepEqual(warnings, ['the list of paired phones was no list and is set aside: pair the phones anew'])
    const aside = readdirSync(folder).filter((name) => name.startsWith('phones.json.broken-'))
    assert.equal(aside.length, 1)
    assert.equal(readFileSync(join(folder, aside[0]!), 'utf8'), text)
    assert.equal((await post(localPaths.phone, {}, { authorization: 'Bearer x' })).status, 401)
    await told.return(undefined)
  })

test('openLocal goes on without a phones.json that cannot be read, says so once, and does not replace it', async (t) => {
  const { url, folder, warnings } = await start(t)
  const told = states(url)
  await next(told)
  mkdirSync(join(folder, 'phones.json'))
  for (let i = 0; i < 2; i++) assert.equal((await next(told)).phones, 0)
  assert.deepEqual(warnings, ['the list of paired phones cannot be read: no phone is taken until it can'])
  assert.throws(() => openPhoneStore({ folder, warn() {} }).add('x', 0), /phones\.json/)
  await told.return(undefined)
})

test('openLocal goes on where a screen’s state cannot be made, and says so once', async (t) => {
  const { url, state, screen, warnings } = await start(t)
  const told = states(url)
  await next(told)
  const bad = (() => {
    throw new Error('no state')
  }) as never
  const { state: good } = screen
  screen.state = bad
  screen.onChange?.()
  screen.onChange?.()
  screen.state = good
  assert.equal((await next(told)).view, state.view)
  assert.deepEqual(warnings, ['the screens could not be told their state'])
  await told.return(undefined)
})
