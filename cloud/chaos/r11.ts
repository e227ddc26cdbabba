/**
 * R11: everything that cars tell comes twice over for nearly a third, in any order, and late. The same messages are stored by the real ingest on
 * PostgreSQL once as they were sent and once shuffled with 30 % of them again; in between the real consumers score and price what is there and the
 * cloud looks for trips and makes digests of them, so that much is decided on half of the facts and has to be put right. Claim: in the end both
 * databases hold the same: rows, trips and who drove them, the cloud's accounts and digests, statistics, the newest scores and premiums.
 *
 * A delivery is a record: a second of telematics, or a start, an event or a record of a trip. The control takes the memory of what came away: no
 * batch is known again, and no key keeps a second apart from its copy. It must fail.
 */
import { sql } from 'drizzle-orm'
import { Registry } from 'prom-client'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { createLots, type Lots } from '../../scripts/chaos/lots.ts'
import { type Database, selectRows } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import { type OpenDatabase, openDatabase } from '../src/db/open.ts'
import { createConsumers } from '../src/events/consumers.ts'
import { createIngestCounters } from '../src/ingest/counters.ts'
import { createIngest } from '../src/ingest/ingest.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { createPricingConsumer } from '../src/pricing/reprice.ts'
import { openDriverModel } from '../src/risk/driver-model.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { createDigestWork } from '../src/trips/digest-trips.ts'
import { createStatisticsConsumer } from '../src/trips/driver-statistics.ts'
import { createTripWork } from '../src/trips/trip-work.ts'
import { createTripWorkCounters } from '../src/trips/trip-work-counters.ts'
import { contentHash } from './parts/content-hash.ts'
import { createPostgres, type PostgresServer } from './parts/postgres.ts'
import { type Identity, registerCars } from './parts/register-cars.ts'
import { openSite } from './parts/site.ts'
import { type Told, toldDrives } from './parts/told-drives.ts'

/** Share of the messages that come again. */
const againShare = 0.3
const drivesACar = 10
/** Records of a car's drives, more or less. */
const recordsACar = drivesACar * 28 * 60
/** How often, on the way, everything that is due is decided on what is there. */
const rounds = 4
/** The drives are so old that the cloud has no patience left with records that do not come. */
const agoMs = 30 * 86_400_000
const hourMs = 3_600_000
/** How often messages are sent while the database fails. */
const mostSent = 5

const options = chaosOptions({
  id: 'R11',
  claim: 'Duplicated, shuffled and late: the same database, scores, statistics and premiums as in order.',
  control: 'no batch is known again and no key keeps copies apart',
  runs: 1_000_000,
  of: 'deliveries, in records: a second of telematics, or a start, event or record of a trip',
})
const { runs, seed, control, say } = options
const log = createLog({ level: 'silent' })
const nowMs = Date.now()
const model = await openDriverModel()
if (!model) throw new Error('R11 scores with the driver model of this release, and there is none in models/artifacts')
const scorer = model

await using site = openSite()
// No power is cut here: a commit need not wait for the disk, which takes most of the time where thousands follow one another.
const postgres = createPostgres(site, { settings: { synchronous_commit: 'off' } })
await postgres.start()
const cars = Math.ceil(runs / (1 + againShare) / recordsACar)
const clean = await openNew(postgres, 'clean')
const identities = await registerCars(clean.db, { count: cars })
const sent = allTold(identities, createLots(seed))
say(`${cars} cars sent ${sent.length} messages of ${recordsIn(sent)} records`)
const inOrder = await play(clean, sent)
const shuffled = await openNew(postgres, 'shuffled')
await copyCars(clean.db, shuffled.db)
if (control) await forgetCopies(shuffled)
const delivered = shuffledWithCopies(sent, createLots(seed + 1))
const outOfOrder = await play(shuffled, delivered, { forget: control })

const differing = Object.keys(inOrder.content.tables).filter(
  (table) => JSON.stringify(inOrder.content.tables[table]) !== JSON.stringify(outOfOrder.content.tables[table]),
)
const found = inOrder.counts.found ?? 0
const passed =
  differing.length === 0 && found > 0 && inOrder.counts.deadLetters === 0 && outOfOrder.counts.undelivered === 0
if (found === 0) say('the cloud found no trip by itself, so its work was not put to the test: take more --runs')
verdict('R11', options, passed, {
  deliveries: recordsIn(delivered),
  duplicated: recordsIn(delivered) - recordsIn(sent),
  messages: delivered.length,
  cars,
  hash: inOrder.content.hash,
  hashShuffled: outOfOrder.content.hash,
  differing,
  rows: Object.fromEntries(Object.entries(inOrder.content.tables).map(([name, { rows }]) => [name, rows])),
  inOrder: inOrder.counts,
  shuffled: outOfOrder.counts,
  inOrderS: inOrder.seconds,
  shuffledS: outOfOrder.seconds,
})

function allTold(of: readonly Identity[], lots: Lots): Told[] {
  const all = of.flatMap((identity) => toldDrives(identity, { drives: drivesACar, fromMs: nowMs - agoMs, lots }))
  return all.sort((a, b) => a.atMs - b.atMs)
}

/** Everything once and some of it again, in any order (Fisher and Yates). */
function shuffledWithCopies(all: readonly Told[], lots: Lots): Told[] {
  const list = [...all, ...all.filter(() => lots.chance(againShare))]
  for (let n = list.length - 1; n > 0; n--) {
    const other = lots.below(n + 1)
    const kept = list[n]!
    list[n] = list[other]!
    list[other] = kept
  }
  return list
}

function recordsIn(list: readonly Told[]): number {
  return list.reduce((sum, { records }) => sum + records, 0)
}

/** Stores messages in their order, with all that the cloud makes of them in some rounds on the way, and looks at what is there in the end. */
async function play(database: OpenDatabase, messages: readonly Told[], { forget = false } = {}) {
  const { db } = database
  const startedMs = performance.now()
  const now = () => nowMs
  const consumers = createConsumers({
    db,
    handlers: {
      risk: createRiskConsumer({ model: scorer, now }),
      pricing: createPricingConsumer({ model: scorer, plans: loadPlans(), now }),
      statistics: createStatisticsConsumer(),
    },
    metrics: createMetrics(),
    log,
  })
  const tripWork = { db, counters: createTripWorkCounters(new Registry()), log, nowMs: () => Date.now() + hourMs }
  const [work, digest] = [createTripWork(tripWork), createDigestWork({ ...tripWork, database })]
  const size = Math.ceil(messages.length / rounds)
  for (let round = 0; round < rounds; round++) {
    await store(database, messages.slice(round * size, (round + 1) * size))
    if (forget) await db.execute('TRUNCATE device_batches, device_lanes')
    await work()
    await digest()
    await consumers.drain()
    say(`round ${round + 1} of ${rounds}: ${Math.round((performance.now() - startedMs) / 1000)} s`)
  }
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10
  return { content: await contentHash(db), counts: await countsOf(db), seconds }
}

/** Has messages stored. What failed while ingest was stopping has no ack, so that cars send again: then all of them come again. */
async function store(database: OpenDatabase, messages: readonly Told[]): Promise<void> {
  for (let sent = 0; sent < mostSent; sent++) {
    const counters = createIngestCounters(new Registry())
    const ingest = createIngest({ database, publish: async () => {}, live: { publish: () => {} }, counters, log })
    ingest.start()
    for (const message of messages) await ingest.take(message)
    await ingest.stop()
    const { values } = await counters.retries.get()
    if (values.every(({ value }) => value === 0)) return
    say(`the database failed ${values[0]?.value} times: ${messages.length} messages are sent again`)
  }
  throw new Error(`Storing ${messages.length} messages: the database failed ${mostSent} times`)
}

async function openNew(server: PostgresServer, name: string): Promise<OpenDatabase> {
  server.run('psql', ['-qc', `CREATE DATABASE ${name}`])
  const database = await openDatabase({
    url: server.url.replace('/postgres?', `/${name}?`),
    folder: site.folder,
  })
  site.defer(() => database.close())
  await migrate(database)
  return database
}

/** The same cars, drivers and policies in another database. */
async function copyCars(from: Database, to: Database): Promise<void> {
  for (const table of ['drivers', 'vehicles', 'policies', 'devices']) {
    const [row] = await selectRows<{ rows: string }>(
      from,
      sql.raw(`SELECT coalesce(json_agg(t), '[]')::text AS rows FROM ${table} t`),
    )
    await to.execute(
      sql`INSERT INTO ${sql.raw(table)} SELECT * FROM json_populate_recordset(NULL::${sql.raw(table)}, ${row?.rows}::json)`,
    )
  }
}

/** The control: the key becomes an index that keeps nothing apart. */
async function forgetCopies({ db }: OpenDatabase): Promise<void> {
  await db.execute('ALTER TABLE telematics_events DROP CONSTRAINT telematics_events_pkey')
  await db.execute('CREATE INDEX ON telematics_events (device_id, boot_id, seq, at)')
}

async function countsOf(db: Database): Promise<Record<string, number>> {
  const [row] = await selectRows<Record<string, number>>(
    db,
    sql`SELECT
      (SELECT count(*)::float8 FROM trips WHERE source = 'cloud') AS found,
      (SELECT count(*)::float8 FROM trip_versions) AS "formerVersions",
      (SELECT count(*)::float8 FROM trip_accounts) AS accounts,
      (SELECT count(*)::float8 FROM scores) AS scores,
      (SELECT count(*)::float8 FROM premiums) AS premiums,
      (SELECT count(*)::float8 FROM domain_deliveries WHERE state <> 'done' AND consumer IN ('risk', 'pricing', 'statistics')) AS undelivered,
      (SELECT count(*)::float8 FROM dead_letters) AS "deadLetters"`,
  )
  return row ?? {}
}
