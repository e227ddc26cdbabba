/**
 * R8: PostgreSQL is killed (`kill -9` of all its processes) under load, again and again. Claim: no acked record is missing afterwards,
 * `pg_amcheck` finds nothing, and the server takes connections again within 30 s.
 *
 * The control lets PostgreSQL answer a commit before its log is written (synchronous_commit off). It must lose acked records.
 */
import { sql } from 'drizzle-orm'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { createLots } from '../../scripts/chaos/lots.ts'
import { openDatabase } from '../src/db/open.ts'
import { checkFleet } from './parts/check-fleet.ts'
import { createCloud } from './parts/cloud.ts'
import { createFleet } from './parts/fleet.ts'
import { registerCars } from './parts/register-cars.ts'
import { startServers } from './parts/servers.ts'
import { openSite } from './parts/site.ts'
import { until } from './parts/until.ts'

const cars = 50
const load = { batchesPerS: 25, records: 60, tripsPerS: 1, alertsPerS: 2 }
/** Batches acked between two kills, at least; and the longest wait after them, ms. */
const ackedBetween = 20
const maxWaitMs = 700
const maxReadyMs = 30_000
/** The control: nothing but a full buffer or ten seconds writes the log. */
const careless = { synchronous_commit: 'off', wal_writer_delay: '10s' }

const options = chaosOptions({
  id: 'R8',
  claim: 'PostgreSQL is killed under load: no acked record is lost, no page is corrupt, ready within 30 s.',
  control: 'answer commits before their log is written',
  runs: 100,
  of: 'how often it is killed',
})
const lots = createLots(options.seed)
await using site = openSite()
const { postgres, mosquitto, env: servers } = await startServers(site, options.control ? { settings: careless } : {})
const ingest = createCloud(site, {
  name: 'ingest',
  env: {
    ...{ FAIRMILE_ROLES: 'ingest', FAIRMILE_LOG_LEVEL: 'error' },
    ...servers,
  },
})
await ingest.start()
const database = await openDatabase({ url: postgres.url, folder: site.folder })
site.defer(() => database.close())
const { db } = database
const identities = await registerCars(db, { count: cars })
await db.execute(sql`CHECKPOINT`)
let told = 0
const fleet = createFleet({
  ...{ url: mosquitto.url, identities, seed: options.seed, ackTimeoutMs: 5_000 },
  onAcked: () => void told++,
})
site.defer(() => fleet.close())
await fleet.connected()
const stop = new AbortController()
const loading = fleet.load({ ...load, signal: stop.signal })

const found = { kills: 0, readyMaxMs: 0, corrupt: 0 }
for (let run = 0; run < options.runs; run++) {
  const enough = told + ackedBetween
  await until('acks after the last kill', () => told >= enough)
  await new Promise((resolve) => setTimeout(resolve, lots.below(maxWaitMs)))
  await postgres.kill()
  found.kills++
  const startedMs = performance.now()
  await postgres.start()
  await until('an answer of the database', () => db.execute(sql`SELECT 1`).catch(() => null))
  found.readyMaxMs = Math.max(found.readyMaxMs, Math.round(performance.now() - startedMs))
  if ((run + 1) % 10 === 0) options.say(`${run + 1} kills, ${told} batches acked`)
}
stop.abort()
await loading
await fleet.drained({ timeoutMs: 600_000 })
const { examples, ...counts } = await checkFleet(db, fleet.cars)
for (const example of examples) options.say(example)
try {
  postgres.run('pg_amcheck', ['--install-missing', '--heapallindexed', '--parent-check', 'postgres'])
} catch (error) {
  found.corrupt++
  options.say(String(error))
}
const passed = counts.lost === 0 && counts.duplicated === 0 && found.corrupt === 0 && found.readyMaxMs <= maxReadyMs
verdict('R8', options, passed, { ...found, batches: told, held: fleet.held, ...counts })
