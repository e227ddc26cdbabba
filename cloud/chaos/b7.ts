/**
 * B7: bodies and queries that readers of JSON stumble over: 30,000 levels deep, `__proto__` and `constructor`, keys twice, bytes that are
 * no UTF-8, 1e400, NaN, lone surrogates, NUL, huge arrays and strings, to every operation that takes a body, and in queries. Claim: each is
 * taken as it is documented or refused with a problem document, the service answers within 50 ms at p99, and no object of the process has
 * anything that it did not have before: as the service behaves, and in an app of this process, where it can be seen.
 *
 * Answers that cost a password's hash, which is meant to be slow, and streams do not count for the time. The control is the service behind handlers with
 * planted faults, of which one merges bodies key by key. It must fail.
 */
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { createLots } from '../../scripts/chaos/lots.ts'
import { openDatabase } from '../src/db/open.ts'
import { addUser, createTestApp } from '../test/api-rig.ts'
import { startApiSite } from './parts/api-site.ts'
import { segmentOf } from './parts/draw-request.ts'
import { createDrawValue } from './parts/draw-value.ts'
import { hostileBody, hostileKinds, hostileQueries } from './parts/hostile-json.ts'
import { createJudgeAnswer } from './parts/judge-answer.ts'
import { mergesBodies } from './parts/merges-bodies.ts'
import { type OpenApi, type Operation, operationsOf } from './parts/openapi.ts'
import { plantFaults } from './parts/planted-faults.ts'
import { watchPrototypes } from './parts/pollution.ts'
import { createRawHttp, type RawAnswer, type RawRequest } from './parts/raw-http.ts'
import { openSite } from './parts/site.ts'

const mostP99Ms = 50
/** Requests at once: the time is that of an answer, not of a queue. */
const atOnce = 2
/** Requests to the app of this process. */
const mostInside = 2_000
const mostTold = 10
/** What costs a hash, where it gets so far; and what lasts as long as the job that it tells of. */
const slowByNature: Readonly<Record<string, readonly number[]>> = {
  logIn: [200, 401],
  createDriver: [201, 409],
  claimDevice: [200],
  createAdminUser: [201, 409],
  resetAdminUserPassword: [200, 404],
  getRiskJobStream: [200],
}

const options = chaosOptions({
  id: 'B7',
  claim: 'Hostile JSON: refused as a problem or taken as documented, p99 within 50 ms, nothing polluted.',
  control: 'handlers with planted faults in front',
  runs: 20_000,
  of: 'requests',
})
const { runs, say } = options
const lots = createLots(options.seed)
await using site = openSite()
const { cloud, known, tokenOf, databaseUrl } = await startApiSite(site)
const address = options.control ? await plantFaults(site, cloud.http) : cloud.http
const http = createRawHttp(address, { sockets: atOnce })
site.defer(() => http.close())
const document = (await (await fetch(`${cloud.http}/openapi.json`)).json()) as OpenApi
const operations = operationsOf(document)
const withBody = operations.filter(({ body }) => body !== null)
const withQuery = operations.filter(({ method }) => method === 'GET')
const judge = createJudgeAnswer(document)
const draw = createDrawValue({ document, lots, known })
const token = await tokenOf('admin')
const driverToken = await tokenOf('driver')

const faults: Record<string, number> = {}
const statuses: Record<string, number> = {}
const times: number[] = []
let slowest = { ms: 0, kind: '', operation: '' }
let told = 0
let sent = 0
const meBefore = await whoAmI()
await Promise.all(Array.from({ length: atOnce }, work))
// As it behaves: who is a driver still is one, and has nothing that was sent.
const isSame = (await whoAmI()) === meBefore
const inside = await runInside()
const p99Ms = quantile(times, 0.99)
const passed = Object.keys(faults).length === 0 && isSame && inside.length === 0 && p99Ms <= mostP99Ms && cloud.running
verdict('B7', options, passed, {
  ...{ requests: sent, statuses, faults, p99Ms, mostP99Ms, slowest },
  ...{ polluted: [...(isSame ? [] : ['the service']), ...inside], alive: cloud.running },
})

function drawHostile(): { operation: Operation; request: RawRequest; kind: string } {
  const isQuery = lots.chance(0.2)
  const operation = lots.pick(isQuery ? withQuery : withBody)
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name)
    return encodeURIComponent(segmentOf(String(draw(parameter?.schema ?? {}, name))))
  })
  const { method, body } = operation
  const headers: Record<string, string> = { authorization: `Bearer ${token}` }
  if (isQuery) {
    const query = lots.pick(hostileQueries)
    return { operation, kind: query, request: { method, path: `${path}?${query}`, headers, body: null } }
  }
  const kind = lots.pick(hostileKinds)
  headers['content-type'] = 'application/json'
  return { operation, kind, request: { method, path, headers, body: hostileBody(kind, draw(body ?? {}), lots) } }
}

async function work(): Promise<void> {
  while (sent < runs) {
    sent++
    const { operation, request, kind } = drawHostile()
    const answer = await http.send(request).catch((error: Error) => error)
    note(kind, operation, answer, request)
  }
}

function note(kind: string, operation: Operation, answer: RawAnswer | Error, { path }: RawRequest): void {
  const found = answer instanceof Error ? { kind: 'no answer', detail: answer.message } : judge(operation, answer)
  if (!(answer instanceof Error)) {
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    if (!slowByNature[operation.id]?.includes(answer.status)) {
      times.push(answer.ms)
      if (answer.ms > slowest.ms)
        slowest = { ms: Math.round(answer.ms), kind: kind.slice(0, 60), operation: operation.id }
    }
  }
  if (found === null) return
  faults[found.kind] = (faults[found.kind] ?? 0) + 1
  if (told++ < mostTold)
    say(`${found.kind}: ${kind.slice(0, 60)} to ${operation.id} ${path.slice(0, 100)}\n  got ${found.detail}`)
}

async function whoAmI(): Promise<string> {
  const answer = await fetch(`${cloud.http}/api/v1/auth/me`, { headers: { authorization: `Bearer ${driverToken}` } })
  return answer.text()
}

/** The same to an app of this process; gives what every object has now that it had not. */
async function runInside(): Promise<string[]> {
  const database = await openDatabase({ url: databaseUrl, folder: site.folder })
  site.defer(() => database.close())
  const { app, sessions } = createTestApp(database.db, { rateLimits: { user: 0, address: 0, login: 0 } })
  const { token: own } = await sessions.issue(await addUser(database.db, 'inside@example.com'))
  const fetched = options.control ? mergesBodies() : app
  const look = watchPrototypes()
  for (let n = 0; n < Math.min(runs, mostInside); n++) {
    const { request } = drawHostile()
    const { method, path, body, headers } = request
    const bytes = body === null ? {} : { body: new Uint8Array(body) }
    await fetched.request(path, { method, headers: { ...headers, authorization: `Bearer ${own}` }, ...bytes })
  }
  const found = look()
  for (const name of found) Reflect.deleteProperty(Object.prototype, name.replace('Object.prototype.', ''))
  return found
}

function quantile(values: readonly number[], share: number): number {
  const at = values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0
  return Math.round(at * 10) / 10
}
