/**
 * Requests a second of cached endpoints with the log-in checked, beside a bare Hono route with the same bytes by the same server library:
 * both asked over keep-alive sockets by clients in a process of their own, in alternating rounds. Beside them the times at a fixed rate,
 * counted from the moment each request was due; what is not cached, on telematics of a year; and the share of answers given again under a
 * recorded mix of users whose trips complete meanwhile, with each answer's version compared.
 *
 * An answer is stale where it tells of less than what was committed, and announced (the delivery to the consumer `cache` is done in the
 * database), before its request was sent.
 */
import { Command } from 'commander'
import { createPostgres } from '../chaos/parts/postgres.ts'
import { openSite } from '../chaos/parts/site.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import type { ApiLoad, ApiMeasured } from './parts/api-clients.ts'
import { startApiFleet } from './parts/api-fleet.ts'
import { startChild } from './parts/children.ts'
import { drawTrips, driverOf } from './parts/fleet-year.ts'
import { loadTelematics, loadTrips } from './parts/load-fleet.ts'
import { positive, rounded } from './parts/numbers.ts'
import { runMix } from './parts/run-mix.ts'

const options = new Command('api')
  .description(
    'cached requests a second, beside a bare route; times, uncached times, and the hit rate of a recorded mix',
  )
  .addHelpText(
    'before',
    'Examples:\n  npm run bench -- api --json\n  npm run bench -- api --rows 100000 --users 50 --seconds 3 --warm-up 10 --mix-seconds 20\n',
  )
  .option('--json', 'print only the JSON line')
  .option('--rows <n>', 'telematics events behind what is not cached', positive, 20_000_000)
  .option('--users <n>', 'users of the mix', positive, 500)
  .option('--rounds <n>', 'rounds of throughput, ours and the bare route by turns', positive, 5)
  .option('--seconds <n>', 'of each round, and half of the fixed rate', positive, 5)
  .option('--mix-seconds <n>', 'how long the mix is counted', positive, 120)
  .option('--warm-up <n>', 'seconds of the mix before it', positive, 60)
  .option('--trips <n>', 'trips that complete a minute during the mix', positive, 30)
  .option('--seed <n>', 'of all that is drawn', positive, 1)
  .parse()
  .opts<{
    json?: true
    rows: number
    users: number
    rounds: number
    seconds: number
    mixSeconds: number
    warmUp: number
    trips: number
    seed: number
  }>()
const { rounds, seconds, seed } = options
/** At which the times are measured. */
const perS = 1_000
const connections = 16
const uncachedRequests = 300
const say = (text: string) => options.json || process.stdout.write(`${text}\n`)

await using site = openSite()
const settings = { shared_buffers: '2GB', effective_cache_size: '6GB', random_page_cost: '1.1', jit: 'off' }
const postgres = createPostgres(site, { settings })
await postgres.start()
const database = await openDatabase({ url: postgres.url, folder: site.folder })
site.defer(() => database.close())
await migrate(database)
const year = drawTrips({ rows: options.rows, months: 12, drivers: 1_000, seed })
await loadTrips(database, year)
await loadTelematics(database, year)
await database.alone('VACUUM (ANALYZE)')
say(`${options.rows} rows`)
const fleet = await startApiFleet(site, { postgres, database, users: options.users })
say(`${options.users} users with a premium`)

const clients = startChild('api-clients.ts')
const bare = startChild('bare-server.ts')
const ask = (load: Partial<ApiLoad>) =>
  clients.ask<ApiMeasured>({ address: fleet.cloud.http, questions: cached, connections, seconds, perS: null, ...load })
const cached = fleet.drivers
  .slice(0, 100)
  .map(({ driverId, token }) => ({ path: `/api/v1/drivers/${driverId}/score`, token }))
const bareUrl = await bare.ask<{ url: string }>(await sampleAnswer()).then(({ url }) => url)
const ours: ApiMeasured[] = []
const reference: ApiMeasured[] = []
for (const [into, address] of [
  [ours, fleet.cloud.http],
  [reference, bareUrl],
] as const) {
  await ask({ address, seconds: 2 }) // until both are compiled
  into.length = 0
}
for (let round = 0; round < rounds; round++) {
  ours.push(await ask({}))
  reference.push(await ask({ address: bareUrl }))
  say(`${rounded(ours.at(-1)?.perS ?? 0)} a second, the bare route ${rounded(reference.at(-1)?.perS ?? 0)}`)
}
const onTime = await ask({ perS, seconds: seconds * 2 })
const bareOnTime = await ask({ address: bareUrl, perS, seconds: seconds * 2 })
say(`at ${perS}/s: p50 ${rounded(onTime.p50Ms, 3)} ms, p99 ${rounded(onTime.p99Ms, 3)} ms`)
const uncached = await askUncached()
say(`uncached: p95 of the worst ${rounded(uncached.worst, 1)} ms`)
await Promise.all([clients.end(), bare.end()])
const mix = await runMix(fleet, {
  ...{ db: database.db, seconds: options.mixSeconds, warmUpS: options.warmUp },
  ...{ tripsPerS: options.trips / 60, seed },
})

const middle = (measured: readonly ApiMeasured[]) =>
  measured.map(({ perS: each }) => each).toSorted((a, b) => a - b)[Math.floor(measured.length / 2)] ?? Number.NaN
const result = {
  bench: 'api',
  unit: 'requests/s',
  ours: rounded(middle(ours)),
  reference: rounded(middle(reference)),
  ratio: rounded(middle(ours) / middle(reference), 3),
  p50Ms: rounded(onTime.p50Ms, 3),
  p99Ms: rounded(onTime.p99Ms, 3),
  referenceP50Ms: rounded(bareOnTime.p50Ms, 3),
  referenceP99Ms: rounded(bareOnTime.p99Ms, 3),
  ratePerS: rounded(onTime.perS),
  uncachedP95Ms: rounded(uncached.worst, 2),
  uncached: uncached.routes,
  hitRate: rounded(mix.hitRate, 4),
  stale: mix.stale,
  compared: mix.compared,
  mix: {
    users: options.users,
    seconds: options.mixSeconds,
    requests: mix.requests,
    trips: mix.trips,
    failed: mix.failed,
  },
  failed: [...ours, ...reference, onTime].reduce((sum, { failed }) => sum + failed, 0),
  notHits: [...ours, onTime].reduce((sum, { requests, hits }) => sum + requests - hits, 0),
  rows: options.rows,
}
process.stdout.write(`${JSON.stringify(result)}\n`)

/** The bytes and headers of a cached answer, for the bare route. */
async function sampleAnswer(): Promise<{ body: string; headers: Record<string, string> }> {
  const { path, token } = cached[0]!
  const answer = await fetch(fleet.cloud.http + path, { headers: { authorization: `Bearer ${token}` } })
  const body = Buffer.from(await answer.arrayBuffer()).toString('base64')
  const own = new Set(['connection', 'keep-alive', 'date', 'content-length', 'transfer-encoding'])
  return { body, headers: Object.fromEntries([...answer.headers].filter(([name]) => !own.has(name))) }
}

/** What goes to the database: a driver's month, the path of a trip that nobody asked for yet, a fleet's hour; one after the other. */
async function askUncached() {
  const every = Math.max(1, Math.floor(year.length / uncachedRequests))
  const drawn = year.filter((_trip, n) => n % every === 0).slice(0, uncachedRequests)
  const questions = {
    driverMonth: drawn.map(
      ({ driver, startMs }) =>
        `/api/v1/drivers/${driverOf(driver)}/telematics?month=${new Date(startMs).toISOString().slice(0, 7)}`,
    ),
    tripPath: drawn.map(({ id }) => `/api/v1/trips/${id}/path`),
    fleetHour: drawn.map(({ startMs }) => `/api/v1/fleet/hour?at=${new Date(startMs).toISOString()}`),
  }
  const routes: Record<string, number> = {}
  for (const [name, paths] of Object.entries(questions)) {
    const times: number[] = []
    for (const path of paths) {
      const startedMs = performance.now()
      const answer = await fetch(fleet.cloud.http + path, { headers: { authorization: `Bearer ${fleet.admin}` } })
      await answer.arrayBuffer()
      times.push(performance.now() - startedMs)
      if (answer.headers.get('x-cache') === 'hit' || answer.status !== 200)
        throw new Error(`${path}: ${answer.status}, x-cache ${answer.headers.get('x-cache')}`)
    }
    routes[name] = rounded(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN, 2)
  }
  return { routes, worst: Math.max(...Object.values(routes)) }
}
