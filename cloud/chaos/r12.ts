/**
 * R12: each process (api, ingest, a worker of two, Mosquitto, PostgreSQL, Redis) is stopped in its tracks (SIGSTOP) and goes on later: 20
 * times, of which the first lasts 60 s and the others 5 s; with fewer runs, all last 5 s. Claim: nothing is applied twice and nothing
 * acked is lost, and what does not need the stopped process answers within 1 s at p99 meanwhile.
 *
 * The control takes away what keeps a batch that comes again from being stored again. It must store some twice.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { selectRows } from '../src/db/database.ts'
import { openDatabase } from '../src/db/open.ts'
import { checkFleet } from './parts/check-fleet.ts'
import { createCloud } from './parts/cloud.ts'
import { createFleet } from './parts/fleet.ts'
import { quantile, startProbe } from './parts/probe.ts'
import { registerCars } from './parts/register-cars.ts'
import type { ServerProcess } from './parts/server-process.ts'
import { startServers } from './parts/servers.ts'
import { openSite } from './parts/site.ts'
import { until } from './parts/until.ts'

const cars = 20
const load = { batchesPerS: 10, records: 30, tripsPerS: 1, alertsPerS: 1 }
const longMs = 60_000
const shortMs = 5_000
/** So many runs are the full test, one of them long. */
const fullRuns = 20
const maxP99Ms = 1_000
/** So much of what is sent in a second is acked in a pause at least, or the acks have stopped: a quarter of the load. */
const minAcksPerS = (load.batchesPerS + load.tripsPerS + load.alertsPerS) / 4
/** Answers of the API and acks after which a pause counts as over. */
const recoveredMs = 300_000

const options = chaosOptions({
  id: 'R12',
  claim: 'Each process is stopped and goes on: nothing is applied twice, the others answer within 1 s at p99.',
  control: 'take the log of batches and the key of their rows away',
  runs: fullRuns,
  of: 'how often each is stopped',
})
await using site = openSite()
const { postgres, mosquitto, redis, env } = await startServers(site)
const admin = { email: 'admin@example.org', password: 'the password of a chaos test' }
const passwordFile = join(site.folder, 'password')
writeFileSync(passwordFile, admin.password, { mode: 0o600 })
const servers = { ...env, FAIRMILE_LOG_LEVEL: 'error' }
const secret = { FAIRMILE_SECRET_FILE: join(site.folder, 'session.key') }
const people = { FAIRMILE_ADMIN_EMAIL: admin.email, FAIRMILE_ADMIN_PASSWORD_FILE: passwordFile }
const role = (name: string, roles: string) =>
  createCloud(site, { name, env: { FAIRMILE_ROLES: roles, ...servers, ...secret, ...people } })
const api = role('api', 'api')
const ingest = role('ingest', 'ingest')
const workers = [role('worker', 'worker'), role('other-worker', 'worker')] as const
for (const one of [api, ingest, ...workers]) await one.start()
const database = await openDatabase({ url: postgres.url, folder: site.folder })
site.defer(() => database.close())
const { db } = database
const identities = await registerCars(db, { count: cars })
if (options.control) await forgetBatches()

const login = await fetch(`${api.http}/api/v1/auth/login`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(admin),
})
const { accessToken } = (await login.json()) as { accessToken: string }
const get = async (path: string): Promise<void> => {
  const answer = await fetch(`${api.http}${path}`, { headers: { authorization: `Bearer ${accessToken}` } })
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
}
/** Of an answer that is kept nobody would notice that it is old, so it is one of a route that keeps none. */
const list = () => get('/api/v1/admin/deliveries/dead?limit=5')
const health = () => get('/health')

const fleet = createFleet({ url: mosquitto.url, identities, seed: options.seed, ackTimeoutMs: 3_000, keepaliveS: 300 })
site.defer(() => fleet.close())
await fleet.connected()
const stop = new AbortController()
const loading = fleet.load({ ...load, signal: stop.signal })

/** What goes on without the process: a question to the API, and whether batches are acked. */
const targets: { process: ServerProcess; ask: (() => Promise<void>) | null; acks: boolean }[] = [
  { process: api, ask: null, acks: true },
  { process: ingest, ask: list, acks: false },
  { process: workers[0], ask: list, acks: true },
  { process: mosquitto, ask: list, acks: false },
  { process: postgres, ask: health, acks: false },
  { process: redis, ask: list, acks: true },
]
interface Found {
  pauses: number
  askP99Ms: number | null
  ackP99Ms: number | null
  /** In the pause that had the fewest. */
  minAcks: number | null
  /** Pauses in which acks stopped. */
  stalled: number
  failed: number
}
const found: Record<string, Found> = {}
for (const { process: paused, ask, acks } of options.control ? targets.slice(1, 2) : targets) {
  const times: number[] = []
  const ackTimes: number[] = []
  const ackCounts: number[] = []
  let stalled = 0
  let failed = 0
  for (let run = 0; run < options.runs; run++) {
    await recovered()
    fleet.takeLatencies()
    const probe = ask && startProbe(ask)
    paused.pause()
    const pauseMs = run === 0 && options.runs >= fullRuns ? longMs : shortMs
    await wait(pauseMs)
    const answers = probe?.stop()
    if (acks) {
      const acked = fleet.takeLatencies()
      ackCounts.push(acked.length)
      if (acked.length < (minAcksPerS * pauseMs) / 1000) stalled++
      ackTimes.push(...acked, ...fleet.waitedMs())
    }
    paused.resume()
    times.push(...(answers?.timesMs ?? []))
    failed += answers?.failed ?? 0
  }
  const p99 = (values: readonly number[]) => Math.round(quantile(values, 0.99))
  const at = { askP99Ms: ask && p99(times), ackP99Ms: acks ? p99(ackTimes) : null }
  const minAcks = acks ? Math.min(...ackCounts) : null
  found[paused.name] = { pauses: options.runs, ...at, minAcks, stalled, failed }
  options.say(`${paused.name}: ${JSON.stringify(found[paused.name])}`)
}
stop.abort()
await loading
const drained = await fleet.drained({ timeoutMs: options.control ? 60_000 : 600_000 }).then(
  () => true,
  () => false,
)
const { examples, ...counts } = await checkFleet(db, fleet.cars)
for (const example of examples) options.say(example)
const appliedTwice = await effectsTwice()
const answered = Object.values(found).every(
  ({ askP99Ms, ackP99Ms, stalled, failed }) =>
    (askP99Ms ?? 0) <= maxP99Ms && (ackP99Ms ?? 0) <= maxP99Ms && stalled === 0 && failed === 0,
)
const passed = drained && answered && counts.lost === 0 && counts.duplicated === 0 && appliedTwice === 0
verdict('R12', options, passed, { drained, appliedTwice, ...counts, processes: found })

/** Waits until the API answers and nothing waits long for its ack. */
async function recovered(): Promise<void> {
  await until(
    'an answer of the API',
    () =>
      list().then(
        () => true,
        () => null,
      ),
    { timeoutMs: recoveredMs },
  )
  // What a pause kept waiting is not to be counted in the next.
  const waitsLong = (ms: number): boolean => ms > maxP99Ms / 2
  await until('the acks of what waits', () => !fleet.waitedMs().some(waitsLong), { timeoutMs: recoveredMs })
}

/** Events that brought the same about more than once: a driver scored twice for a trip, a policy priced twice for a score. */
async function effectsTwice(): Promise<number> {
  const [row] = await selectRows<{ twice: number }>(
    db,
    sql`SELECT coalesce(sum(times - 1), 0)::float8 AS twice FROM (
          SELECT count(*) AS times FROM domain_events WHERE caused_by IS NOT NULL
          GROUP BY type, subject, caused_by) AS effects`,
  )
  return Number(row?.twice)
}

/** Whatever comes again is new to a cloud that forgets its batches with each commit, and whose rows have no key. */
async function forgetBatches(): Promise<void> {
  await database.scripted(({ script }) =>
    script(`
      ALTER TABLE telematics_events DROP CONSTRAINT telematics_events_pkey;
      CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        DELETE FROM device_batches b WHERE (b.device_id, b.lane, b.boot_id, b.first_seq)
          = (NEW.device_id, NEW.lane, NEW.boot_id, NEW.first_seq);
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER forget AFTER INSERT ON device_batches DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION forget();`),
  )
}
