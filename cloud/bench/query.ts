/**
 * Milliseconds of the product's queries on telematics by month, beside the same answers from one table with the same key, in the same
 * server: a driver's month, a trip's path, a fleet's hour.
 *
 * Ours is what the API asks. All trips ended long ago, so a month and a path come from the trips' digests, which the worker's own code made of the
 * seconds; an hour comes from the seconds. The reference reads the seconds of the one table for all three, by the product's own query for trips without
 * a digest. Each answer is compared with the reference's. `currentMonth` is a month of thirty hours that is not over, of a few more drivers: its last trip has
 * no digest yet, and one has an untrue one. The rows are taken in as ingest takes them; what each million costs is told, beside what some of them cost in empty
 * tables at that time: `ingestFlat` is by how much the last quarter of the millions costs more than that, beside the first quarter. All that the millions
 * cost counts, what the server writes out behind them too; of the empty tables the middle one, since now and then such work falls into their short time.
 *
 * The server is Debian's, made for this, with fsync; the one table gets its key after its rows, which packs it best.
 */
import { Command } from 'commander'
import { sql } from 'drizzle-orm'
import { createPostgres } from '../chaos/parts/postgres.ts'
import { openSite } from '../chaos/parts/site.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { compareQuery, namedQueries, type QueryTimes } from './parts/compare-queries.ts'
import { currentTrips, leaveCurrent } from './parts/current-month.ts'
import { drawTrips } from './parts/fleet-year.ts'
import { digestTrips, type IngestCost, loadTelematics, loadTrips, measureTelematics } from './parts/load-fleet.ts'
import { positive, rounded } from './parts/numbers.ts'

const options = new Command('query')
  .description('queries on telematics by month, beside one table with the same key')
  .addHelpText(
    'before',
    'Examples:\n  npm run bench -- query --json\n  npm run bench -- query --rows 2000000 --drivers 100\n',
  )
  .option('--json', 'print only the JSON line')
  .option('--rows <n>', 'telematics events', positive, 20_000_000)
  .option('--months <n>', 'months that they are spread over', positive, 12)
  .option('--drivers <n>', 'drivers', positive, 1_000)
  .option('--runs <n>', 'ask each query so often', positive, 300)
  .option('--seed <n>', 'of the trips and of what is asked', positive, 1)
  .parse()
  .opts<{ json?: true; rows: number; months: number; drivers: number; runs: number; seed: number }>()

/** As docs/guides/partitions.md advises for a server of 8 GB. */
const settings = { shared_buffers: '2GB', effective_cache_size: '6GB', random_page_cost: '1.1', jit: 'off' }
/** Rows of a stretch whose cost is told. */
const stretch = Math.min(1_000_000, Math.ceil(options.rows / 20))
const say = (text: string) => options.json || process.stdout.write(`${text}\n`)

await using site = openSite()
const server = createPostgres(site, { settings })
await server.start()
const { folder } = site
const ours = await openDatabase({ url: server.url, folder })
site.defer(() => ours.close())
await migrate(ours)
await ours.alone('CREATE DATABASE empty_one')
const emptyUrl = new URL(server.url)
emptyUrl.pathname = '/empty_one'
const empty = await openDatabase({ url: emptyUrl.toString(), folder })
site.defer(() => empty.close())
await migrate(empty)
const trips = drawTrips(options)
const current = currentTrips(options)
await loadTrips(ours, [...trips, ...current])
say(`${options.rows} rows in ${trips.length} trips`)
const costs = await measureTelematics(ours, trips, { serverPid: server.pid, stretch, empty })
await loadTelematics(ours, current)
say('taken in')
const digests = await digestTrips(ours)
await leaveCurrent(ours.db, current)
say(`digests ${JSON.stringify(digests)}`)
await ours.db.execute(sql.raw('CREATE SCHEMA single'))
await ours.db.execute(
  sql.raw('CREATE TABLE single.telematics_events (LIKE public.telematics_events INCLUDING DEFAULTS)'),
)
await ours.db.execute(sql.raw('INSERT INTO single.telematics_events SELECT * FROM public.telematics_events'))
await ours.db.execute(sql.raw('ALTER TABLE single.telematics_events ADD PRIMARY KEY (device_id, boot_id, seq, at)'))
await ours.db.execute(sql.raw('CREATE ROLE one_table SUPERUSER LOGIN'))
await ours.db.execute(sql.raw('ALTER ROLE one_table SET search_path = single, public'))
await ours.alone('VACUUM (ANALYZE)')
say('the same in one table')
const reference = await openDatabase({ url: server.url.replace('postgres@', 'one_table@'), folder })
site.defer(() => reference.close())

const queries: Record<string, QueryTimes> = {}
for (const query of namedQueries(trips, options.seed, options.runs)) {
  queries[query.name] = await compareQuery(query, { ours: ours.db, reference: reference.db, runs: options.runs })
  say(`${query.name} ${JSON.stringify(queries[query.name])}`)
}
const [ofMonth] = namedQueries(current, options.seed, options.runs)
const currentMonth = await compareQuery(ofMonth!, { ours: ours.db, reference: reference.db, runs: options.runs })
say(`currentMonth ${JSON.stringify(currentMonth)}`)

const worst = Object.values(queries).reduce((a, b) => (b.p95 > a.p95 ? b : a))
const quarter = Math.ceil(costs.length / 4)
const result = {
  bench: 'query',
  unit: 'ms',
  ours: worst.p95,
  reference: worst.referenceP50,
  ratio: worst.ratio,
  queries,
  currentMonth,
  leastRatio: Math.min(...Object.values(queries).map(({ ratio }) => ratio)),
  ingestFlat: rounded(besideEmpty(costs.slice(-quarter)) / besideEmpty(costs.slice(0, quarter)), 3),
  serverCpuSPerMillion: costs.map((cost) => cost.serverCpuSPerMillion),
  emptyCpuSPerMillion: costs.map((cost) => cost.emptyCpuSPerMillion),
  wallSPerMillion: costs.map((cost) => cost.wallSPerMillion),
  digests,
  rows: options.rows,
  months: options.months,
  drivers: options.drivers,
}
process.stdout.write(`${JSON.stringify(result)}\n`)

/** What stretches of rows cost, beside what they cost where the tables are empty. */
function besideEmpty(stretches: readonly IngestCost[]): number {
  const sum = stretches.reduce((total, { serverCpuSPerMillion }) => total + serverCpuSPerMillion, 0)
  const empty = stretches.map(({ emptyCpuSPerMillion }) => emptyCpuSPerMillion).toSorted((a, b) => a - b)
  return sum / stretches.length / (empty[empty.length >> 1] ?? Number.NaN)
}
