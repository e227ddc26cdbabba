/**
 * R17: trips become known and change, late and in any order, while several workers score and price their drivers, bill policies by lot, and are
 * killed (`kill -9`) at any moment, on PostgreSQL. Claim: no update is lost, nothing is charged or taken off twice: at the end each premium and the
 * balance of each ledger are what the trips give, versions and entries have no holes, and each event was handled once.
 *
 * The control handles an event in one transaction and notes it in another, without the keys that know an event again. It must fail.
 */
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { createLots } from '../../scripts/chaos/lots.ts'
import { selectRows } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { checkLedgers } from './parts/check-ledgers.ts'
import { createPostgres } from './parts/postgres.ts'
import { registerCars } from './parts/register-cars.ts'
import { createServerProcess } from './parts/server-process.ts'
import { openSite } from './parts/site.ts'
import { createTripUpdates } from './parts/trip-updates.ts'
import { until } from './parts/until.ts'

const workers = 3
/** Updates of a car. */
const updatesACar = 20
/** Updates that are under way at a time. */
const atATime = 4
/** Updates that may wait for the workers, so that kills fall among them to the end. */
const mostWaiting = 400
/** Longest wait before the next kill, ms. */
const maxWaitMs = 5_000

const options = chaosOptions({
  id: 'R17',
  claim: 'Scores and prices change all at once, late and under kills: no update is lost, nothing is charged twice.',
  control: 'note an event as handled in a transaction of its own, without the keys that know it again',
  runs: 100_000,
  of: 'updates of trips, each of which is a score and a price',
})
const { runs, seed, control, say } = options
const lots = createLots(seed)
const model = await openDriverModel()
if (!model) throw new Error('R17 scores with the driver model of this release, and there is none in models/artifacts')

await using site = openSite()
// The database is not killed here: a commit need not wait for the disk.
const postgres = createPostgres(site, { settings: { synchronous_commit: 'off' } })
await postgres.start()
const database = await openDatabase({ url: postgres.url, folder: site.folder })
site.defer(() => database.close())
const { db } = database
await migrate(database)
if (control)
  for (const key of ['scores_event_id_key', 'premiums_event_policy_key', 'premium_entries_cause_key'])
    await db.execute(sql.raw(`DROP INDEX ${key}`))
const cars = await registerCars(db, { count: Math.ceil(runs / updatesACar) })
const policyIds = cars.map(({ policyId }) => policyId).slice(0, 1_000)
const fleet = Array.from({ length: workers }, (_, n) =>
  createServerProcess({
    ...{ site, name: `worker-${n}`, command: process.execPath },
    args: [fileURLToPath(new URL('./parts/pricing-worker.ts', import.meta.url))],
    env: {
      ...{ WORKER_URL: postgres.url, WORKER_FOLDER: site.makeFolder(`worker-${n}-data`, null) },
      ...{ WORKER_SEED: String(seed + n), WORKER_POLICIES: policyIds.join(), ...(control && { CARELESS: '1' }) },
    },
    ready: '"ready":true',
  }),
)
await Promise.all(fleet.map((worker) => worker.start()))

const waiting = async (): Promise<number> => {
  const [row] = await selectRows<{ count: number }>(
    db,
    sql`SELECT count(*)::float8 AS count FROM domain_deliveries
      WHERE consumer IN ('risk', 'pricing') AND state IN ('ready', 'queued')`,
  )
  return row?.count ?? 0
}
const update = createTripUpdates(db, { lots, nowMs: Date.now() })
const stop = new AbortController()
let kills = 0
const killing = (async () => {
  while (!stop.signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, lots.below(maxWaitMs)))
    const worker = lots.pick(fleet)
    await worker.kill()
    kills += 1
    await worker.start()
  }
})()
killing.catch(() => undefined) // told where it is awaited; what ended the updates before is told first
let done = 0
const updating = Array.from({ length: atATime }, async () => {
  while (done < runs) {
    const car = cars[done % cars.length]!
    done += 1
    await update(car)
    if (done % 100 === 0)
      await until('room for more updates', async () => (await waiting()) < mostWaiting, { timeoutMs: 600_000 })
    if (done % 1_000 === 0) say(`${done} updates, ${kills} kills`)
  }
})
await Promise.all(updating)
await until('the last of the updates', async () => (await waiting()) === 0, { timeoutMs: 600_000 })
stop.abort()
await killing
await until('the last of the updates', async () => (await waiting()) === 0, { timeoutMs: 600_000 })
for (const worker of fleet) await worker.kill()

const faults = await checkLedgers(db, model)
const [counts] = await selectRows<Record<string, number>>(
  db,
  sql`SELECT (SELECT count(*)::float8 FROM scores) AS scores, (SELECT count(*)::float8 FROM premiums) AS premiums,
    (SELECT count(*)::float8 FROM premium_entries) AS entries,
    (SELECT count(*)::float8 FROM premium_entries WHERE kind = 'charge') AS charges,
    (SELECT count(*)::float8 FROM premium_entries WHERE kind = 'waiver') AS waivers,
    (SELECT count(*)::float8 FROM premium_entries WHERE kind = 'refund') AS refunds,
    (SELECT count(*)::float8 FROM domain_deliveries WHERE state = 'dead') AS dead`,
)
const passed = counts?.dead === 0 && counts.refunds! > 0 && Object.values(faults).every((count) => count === 0)
verdict('R17', options, passed, { updates: done, cars: cars.length, kills, ...counts, ...faults })
