/**
 * Seconds of scoring all drivers anew by one job, database to database, with the exact parts of every feature; beside the existing way, one
 * driver after the other, measured on some and extrapolated.
 *
 * Each driver has 60 trips with whole statistics, which the product's own code has added up as it does after a trip, and a score of the model
 * before; the job is that of a new model, so that everybody gets a new score. The server is Debian's, made for this, with fsync.
 */

import { randomUUID } from 'node:crypto'
import { cpus } from 'node:os'
import { Command } from 'commander'
import { sql } from 'drizzle-orm'
import { createPostgres } from '../chaos/parts/postgres.ts'
import { openSite } from '../chaos/parts/site.ts'
import { selectRows } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { claimRiskJob, createRiskJob, type RiskJobRow } from '../src/risk/batch/jobs.ts'
import { runRiskJob } from '../src/risk/batch/run-job.ts'
import { driverVersions, readTrust } from '../src/risk/driver-artifacts.ts'
import { type DriverModel, openDriverVersion } from '../src/risk/driver-model.ts'
import { openOnnx } from '../src/risk/onnx.ts'
import { createRiskConsumer } from '../src/risk/rescore.ts'
import { benchArtifact } from './parts/artifact.ts'
import { addUpAll, benchDriver, loadDrivers } from './parts/load-drivers.ts'
import { openNativeSpeed } from './parts/native-speed.ts'
import { positive, rounded } from './parts/numbers.ts'

const options = new Command('batch')
  .description('all drivers scored anew by one job, beside one driver after the other')
  .addHelpText(
    'before',
    'Examples:\n  npm run bench -- batch --json\n  npm run bench -- batch --drivers 2000 --sequential 100\n',
  )
  .option('--json', 'print only the JSON line')
  .option('--drivers <n>', 'drivers', positive, 100_000)
  .option('--trips <n>', 'trips of each', positive, 60)
  .option('--batch-size <n>', 'drivers that are stored at a time', positive, 1000)
  .option('--sequential <n>', 'measure the loop on so many drivers', positive, 500)
  .option('--rounds <n>', 'measure inference so often, by turns', positive, 5)
  .option('--seed <n>', 'of the trips', positive, 1)
  .parse()
  .opts<Record<'drivers' | 'trips' | 'batchSize' | 'sequential' | 'rounds' | 'seed', number> & { json?: true }>()

/** What the goal says. */
const goalDrivers = 100_000
/** As docs/guides/partitions.md advises for a server of 8 GB. */
const settings = { shared_buffers: '2GB', effective_cache_size: '6GB', random_page_cost: '1.1', jit: 'off' }
/** Rows on which inference is compared. */
const mostRows = 20_000
const say = (text: string) => options.json || process.stdout.write(`${text}\n`)

await using site = openSite()
const server = createPostgres(site, { settings })
await server.start()
const database = await openDatabase({ url: server.url, folder: site.folder })
site.defer(() => database.close())
await migrate(database)
const { db } = database
const loadS = await secondsOf(() => loadDrivers(database, options))
say(`${options.drivers} drivers of ${options.trips} trips, loaded in ${loadS} s`)
const addUpS = await secondsOf(() => addUpAll(database))
say(`added up by the product in ${addUpS} s`)
const [newest, before] = await driverVersions()
if (newest === undefined || before === undefined) throw new Error('there are no two versions of the driver model')
const trust = await readTrust()
const [model, modelBefore] = [await openDriverVersion(newest, { trust }), await openDriverVersion(before, { trust })]
await scored(modelBefore, null)
// As after the consumers, which handle them one by one.
await db.execute(sql`UPDATE domain_deliveries SET state = 'done'`)
await database.alone('VACUUM (ANALYZE)')
await database.alone('CHECKPOINT')
say(`scored by ${before}`)

const all = await scored(model, null)
say(`scored by ${newest}: ${JSON.stringify(all)}`)
const loop = await oneByOne()
say(`one by one: ${JSON.stringify(loop)}`)
const some = Array.from({ length: Math.min(1000, options.drivers) }, (_, n) => benchDriver(n))
await db.execute(sql`UPDATE domain_deliveries SET state = 'done'`)
const thousand = await scored(modelBefore, some)
const inference = await inferenceSpeed()
await model.close()
await modelBefore.close()

const perDriver = all.seconds / options.drivers
const ours = perDriver * goalDrivers
const reference = (loop.seconds / loop.drivers) * goalDrivers
const result = {
  bench: 'batch',
  unit: 's',
  ours: rounded(ours, 2),
  reference: rounded(reference, 0),
  ratio: rounded(reference / ours, 1),
  drivers1000S: rounded((thousand.seconds / some.length) * 1000, 3),
  vsSequential: rounded(reference / ours, 1),
  ...inference,
  drivers: options.drivers,
  trips: options.trips,
  // True where fewer drivers were scored than the goal names: seconds are those of so many, times what is missing.
  extrapolated: options.drivers !== goalDrivers,
  measuredS: rounded(all.seconds, 2),
  batchSize: options.batchSize,
  scored: all.job.scored,
  failed: all.job.failed,
  sequentialDrivers: loop.drivers,
  sequentialMs: rounded((loop.seconds / loop.drivers) * 1000, 2),
  loadS,
  addUpS,
  cores: cpus().length,
}
process.stdout.write(`${JSON.stringify(result)}\n`)

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return rounded((performance.now() - start) / 1000, 2)
}

/** Runs a job to its end, as a worker does. */
async function scored(by: DriverModel, driverIds: string[] | null): Promise<{ seconds: number; job: RiskJobRow }> {
  const ask = { driverIds, periodDays: 30, batchSize: options.batchSize, requestedBy: 'bench' }
  const start = performance.now()
  const { id } = await createRiskJob(db, ask)
  const job = (await claimRiskJob(db, { runner: randomUUID(), id })) ?? fail('the job was taken by another')
  const ended = (await runRiskJob({ database, job, model: by })) ?? fail('the job was given back')
  if (ended.scored !== ended.total) fail(`of ${ended.total} drivers ${ended.scored} got a new score`)
  return { seconds: (performance.now() - start) / 1000, job: ended }
}

/** The existing way: each driver's trips are read, and the score is stored with its event, in a transaction of its own. */
async function oneByOne(): Promise<{ seconds: number; drivers: number }> {
  const drivers = Math.min(options.sequential, options.drivers)
  const rescore = createRiskConsumer({ model })
  const start = performance.now()
  for (let n = 0; n < drivers; n++) {
    const trip = { tripId: `TRP-${n}-0`, deviceId: `DEV-${n}`, driverId: benchDriver(n), policyId: `POL-${n}` }
    const data = { ...trip, startAt: 0, endAt: 1 }
    const context = { id: -1 - n, time: new Date(), correlationId: 'bench', causedBy: null }
    await db.transaction((tx) => rescore(tx, { type: 'TripCompleted', subject: trip.driverId, data, ...context }))
  }
  return { seconds: (performance.now() - start) / 1000, drivers }
}

/** Inference alone on the rows that were scored, against XGBoost itself, on one thread each, by turns. */
async function inferenceSpeed() {
  const { folder, width } = benchArtifact('driver-risk')
  const stored = await selectRows<{ row: Uint8Array }>(
    db,
    sql`SELECT feature_row AS row FROM scores WHERE model_version = ${newest} AND job_id IS NOT NULL LIMIT ${mostRows}`,
  )
  const rows = new Float32Array(stored.length * width)
  for (const [n, { row }] of stored.entries()) new Uint8Array(rows.buffer).set(row, n * width * 4)
  const onnx = await openOnnx({ folder, width })
  const native = await openNativeSpeed({ folder, rows, threads: 1 })
  const best = { ours: Number.POSITIVE_INFINITY, native: Number.POSITIVE_INFINITY }
  for (let round = 0; round < options.rounds; round++) {
    for (const way of ['inplace', 'matrix'] as const) best.native = Math.min(best.native, await native.secondsOf(way))
    const start = performance.now()
    await onnx.infer(rows, stored.length)
    best.ours = Math.min(best.ours, (performance.now() - start) / 1000)
  }
  await native.close()
  await onnx.close()
  const perS = (seconds: number) => rounded(stored.length / seconds)
  return {
    inferenceVsNative: rounded(best.native / best.ours, 2),
    inferencePerS: perS(best.ours),
    nativePerS: perS(best.native),
  }
}

function fail(why: string): never {
  throw new Error(why)
}
