/**
 * B6: requests drawn from the API's own description, for every operation as nobody, as a driver and as an admin: as described, with
 * something wrong, and anything at all; the whole service over PostgreSQL. Claim: no answer is 5xx (503 where a model is away, which is
 * documented), every status is documented, every refusal is a problem document, and every answer is as its schema says.
 *
 * The control is the same service behind handlers with two planted faults. It must fail.
 */
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { createLots } from '../../scripts/chaos/lots.ts'
import { type Caller, callers, startApiSite } from './parts/api-site.ts'
import { drawRequest } from './parts/draw-request.ts'
import { createDrawValue } from './parts/draw-value.ts'
import { createJudgeAnswer } from './parts/judge-answer.ts'
import { type OpenApi, type Operation, operationsOf } from './parts/openapi.ts'
import { plantFaults } from './parts/planted-faults.ts'
import { createRawHttp } from './parts/raw-http.ts'
import { openSite } from './parts/site.ts'

const atOnce = 8
/** Who asks how often: most of the service is behind a log-in. */
const askers: readonly Caller[] = [...callers, 'driver', 'driver', 'admin', 'admin', 'admin']
/** Faults that are told with what was sent. */
const mostTold = 12

const options = chaosOptions({
  id: 'B6',
  claim: 'Requests drawn from the description: no 5xx, nothing undocumented, every answer as its schema says.',
  control: 'handlers with planted faults in front',
  runs: 100_000,
  of: 'requests',
})
const { runs, say } = options
const lots = createLots(options.seed)
await using site = openSite()
const { cloud, known, tokenOf } = await startApiSite(site)
const address = options.control ? await plantFaults(site, cloud.http) : cloud.http
const http = createRawHttp(address, { sockets: atOnce })
site.defer(() => http.close())
const document = (await (await fetch(`${cloud.http}/openapi.json`)).json()) as OpenApi
const operations = operationsOf(document)
const judge = createJudgeAnswer(document)
const draw = createDrawValue({ document, lots, known })
const tokens: Record<Caller, string | null> = {
  anonymous: null,
  driver: await tokenOf('driver'),
  admin: await tokenOf('admin'),
}

const statuses: Record<string, number> = {}
const faults: Record<string, number> = {}
const reached = new Set<string>()
let told = 0
let unavailable = 0
let sent = 0
await Promise.all(Array.from({ length: atOnce }, work))
const missed = operations.filter(({ id }) => !reached.has(id)).map(({ id }) => id)
if (missed.length > 0) say(`never answered with success: ${missed.join(', ')}`)
const alive = cloud.running
const passed = Object.keys(faults).length === 0 && alive
verdict('B6', options, passed, {
  ...{ requests: sent, operations: operations.length, succeeded: reached.size, statuses, unavailable, faults, alive },
})

async function work(): Promise<void> {
  while (sent < runs) {
    const operation = operations[sent % operations.length]!
    const caller = lots.pick(askers)
    sent++
    await ask(operation, caller)
  }
}

async function ask(operation: Operation, caller: Caller): Promise<void> {
  const request = drawRequest(operation, { lots, draw })
  // A log-out ends its session: it gets one of its own.
  const token = operation.id === 'logOut' ? await tokenOf(caller) : tokens[caller]
  if (token !== null) request.headers.authorization = `Bearer ${token}`
  const answer = await http.send(request).catch((error: Error) => error)
  const found = answer instanceof Error ? { kind: 'no answer', detail: answer.message } : judge(operation, answer)
  if (!(answer instanceof Error)) {
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    if (answer.status < 400) reached.add(operation.id)
    if (answer.status === 503) unavailable++
  }
  if (found === null) return
  faults[found.kind] = (faults[found.kind] ?? 0) + 1
  if (told++ >= mostTold) return
  const { method, path, headers, body } = request
  say(
    `${found.kind}: ${caller} ${operation.id} ${method} ${path} ${JSON.stringify({ ...headers, authorization: undefined })}`,
  )
  say(`  sent ${body?.toString().slice(0, 300) ?? 'nothing'}\n  got  ${found.detail}`)
}
