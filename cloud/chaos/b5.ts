/**
 * B5: devices with good keys send packets that are too large, compression bombs of 64 MiB (one says so, one does not) and batches
 * of 10,000 records, to the whole service on PostgreSQL; then, while PostgreSQL stands still, more messages of 64 to 255 KiB than the service
 * may hold, and small batches that unfold to hundreds of times their size and have to be taken. Claim: each of the others is refused with its reason in the dead letters, the service is not restarted, takes at most 64 MiB more
 * memory from the first message until all of the flood is stored, and goes on storing and acking.
 *
 * The control opens the bombs as they come, 16 at a time. It must fail.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { type Lane, logTopic } from '@fairmile/contract/topics.ts'
import { sql } from 'drizzle-orm'
import { connectAsync, type MqttClient } from 'mqtt'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { selectRows } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { createCloud } from './parts/cloud.ts'
import { createFleet } from './parts/fleet.ts'
import { hostileBatches } from './parts/hostile-batches.ts'
import { createPostgres, type PostgresServer } from './parts/postgres.ts'
import { type Identity, registerCars } from './parts/register-cars.ts'
import { openSite, type Site } from './parts/site.ts'
import { until } from './parts/until.ts'

const mostGrowthMb = 64
const oversizedBytes = 300 * 1024
/** Bombs that the control opens at a time. */
const atOnce = 16
/** Batches that are stored first, so that what good ones take is not counted. */
const warmUpBatches = 600
const lookMs = 10
/** Devices that send while PostgreSQL stands still, and what each sends: 160 MiB together, two and a half times what the service may take. */
const floodDevices = 8
const floodEach = 128
const floodKib = [64, 128, 192, 255] as const
/** Batches of each that are good and unfold to a hundred times their size: first, so that what is taken is full of them. */
const floodGoodBombs = 64
/** Nothing was taken for so long: the service is full, ms. */
const fullAfterMs = 1_000
const mib = 1024 * 1024

const options = chaosOptions({
  id: 'B5',
  claim:
    'Oversized packets, compression bombs and batches of 10,000 are refused with a reason, at most 64 MiB more memory.',
  control: 'bombs are opened as they come',
  runs: 400,
  of: 'bad messages, a quarter of each kind',
})
const each = Math.ceil(options.runs / 4)
await using site = openSite()
if (options.control) await control(site)
else await test(site)

async function test(at: Site): Promise<void> {
  const postgres = createPostgres(at)
  await postgres.start()
  const database = await openDatabase({ url: postgres.url, folder: at.folder })
  at.defer(() => database.close())
  await migrate(database)
  const [bad, ...others] = (await registerCars(database.db, { count: 5 + floodDevices })) as [Identity, ...Identity[]]
  const good = others.slice(floodDevices)
  const cloud = createCloud(at, { env: { DATABASE_URL: postgres.url } })
  await cloud.start()
  const { pid } = cloud

  const fleet = createFleet({ url: cloud.mqtt, identities: good, connections: 'each', seed: options.seed })
  at.defer(() => fleet.close())
  await fleet.connected()
  const store = async (batches: number) => {
    const stop = new AbortController()
    const loading = fleet.load({ batchesPerS: 100, signal: stop.signal })
    const acked = () => fleet.cars.reduce((sum, car) => sum + car.acked.length, 0)
    const goal = acked() + batches
    await until('good batches to be acked', () => acked() >= goal)
    stop.abort()
    await loading
    await fleet.drained()
  }
  await store(warmUpBatches)

  const watch = watchMemory(pid)
  await send(cloud.mqtt, bad)
  const reasons = async () => {
    const rows = await selectRows<{ reason: string; count: number }>(
      database.db,
      sql`SELECT reason, count(*)::int AS count FROM dead_letters WHERE device_id = ${bad.id} GROUP BY reason`,
    )
    return Object.fromEntries(rows.map(({ reason, count }) => [reason, count])) as Record<string, number>
  }
  const all = async () => Object.values(await reasons()).reduce((sum, count) => sum + count, 0) >= 4 * each
  await until('the dead letters of all bad messages', all).catch(() => undefined) // the verdict tells how many there are
  const flooding = others.slice(0, floodDevices)
  const flood = await floodWhilePaused(cloud.mqtt, flooding, postgres)
  const floodStored = async () => {
    const ids = flooding.map(({ id }) => id)
    const [found] = await selectRows<{ count: number }>(
      database.db,
      sql`SELECT count(*)::int AS count FROM dead_letters WHERE device_id = ANY(${sql.param(ids)}::text[])`,
    )
    return found?.count === floodDevices * floodEach
  }
  const goodBombsStored = async () => {
    const [found] = await selectRows<{ count: number }>(database.db, sql`SELECT count(*)::int AS count FROM raw_chunks`)
    return found?.count === 2 * floodDevices * floodGoodBombs
  }
  const areGoodBombsStored = await until('the good bombs to be stored', goodBombsStored).catch(() => false)
  const isFloodStored = await until('all of the flood to be stored', floodStored).catch(() => false)
  await store(50)
  const growthMb = watch.growthMb()
  const found = await reasons()
  const { oversized_packet = 0, too_large = 0, bad_payload = 0, bad_count = 0 } = found
  const restarts = cloud.running && cloud.pid === pid ? 0 : 1
  const refused = [oversized_packet, too_large, bad_payload, bad_count].every((count) => count === each)
  const passed = refused && isFloodStored && areGoodBombsStored && restarts === 0 && growthMb <= mostGrowthMb
  verdict('B5', options, passed, {
    growthMb,
    mostGrowthMb,
    restarts,
    each,
    refused: found,
    flood: { ...flood, isFloodStored, areGoodBombsStored },
  })
}

/** All of it from one device; each oversized packet costs it its connection. */
async function send(url: string, { id, password, keys }: Identity): Promise<void> {
  const { declaredBomb, hiddenBomb, tenThousand } = hostileBatches({ device: id, keys })
  const logIn = () => connectAsync(url, { clientId: id, username: id, password, reconnectPeriod: 0 }, false)
  const topic = logTopic(id, 'telematics')
  const device: MqttClient = await logIn()
  for (let n = 0; n < each; n++)
    for (const [kind, batch] of [declaredBomb, hiddenBomb, tenThousand].entries())
      await device.publishAsync(topic, batch(10_000 * (3 * n + kind) + 1), { qos: 1 })
  await device.endAsync()
  for (let n = 0; n < each; n++) {
    const one = await logIn()
    one.on('error', () => undefined)
    const closed = new Promise<void>((resolve) => one.once('close', () => resolve()))
    one.publish(topic, Buffer.alloc(oversizedBytes), { qos: 1 })
    await closed
  }
}

/** Sends until the service takes nothing more, then lets PostgreSQL go on until all is taken; tells how much was taken before it went on. */
async function floodWhilePaused(
  url: string,
  identities: readonly Identity[],
  postgres: PostgresServer,
): Promise<{ sentMb: number; takenMb: number }> {
  const clients = await Promise.all(
    identities.map(({ id, password }) => connectAsync(url, { clientId: id, username: id, password }, false)),
  )
  const goodBombs = identities.map(({ id, keys }) => {
    const { goodBomb } = hostileBatches({ device: id, keys })
    return Array.from({ length: floodGoodBombs }, (_, n) => goodBomb(2 * n + 1))
  })
  postgres.pause()
  let sentBytes = 0
  let takenBytes = 0
  let takenAtMs = performance.now()
  const sending = clients.flatMap((client, car) => {
    const send = async (lane: Lane, payload: Buffer) => {
      sentBytes += payload.length
      await client.publishAsync(logTopic(identities[car]!.id, lane), payload, { qos: 1 })
      takenBytes += payload.length
      takenAtMs = performance.now()
    }
    const large = Array.from({ length: floodEach }, (_, n) => Buffer.alloc(floodKib[n % floodKib.length]! * 1024))
    return [...goodBombs[car]!.map((batch) => send('raw', batch)), ...large.map((bytes) => send('telematics', bytes))]
  })
  await until('the service to be full', () => performance.now() - takenAtMs > fullAfterMs)
  const inMb = (bytes: number) => Math.round((bytes / mib) * 10) / 10
  const found = { sentMb: inMb(sentBytes), takenMb: inMb(takenBytes) }
  postgres.resume()
  await Promise.all(sending)
  await Promise.all(clients.map((client) => client.endAsync()))
  return found
}

async function control(at: Site): Promise<void> {
  const child = fork(fileURLToPath(new URL('parts/stock-opener.ts', import.meta.url)))
  if (child.pid === undefined) throw new Error('Starting the control: it has no process')
  at.own(child.pid)
  await once(child, 'message')
  const { bomb } = hostileBatches({ device: 'DEV-1', keys: generateKeyPair() })
  const watch = watchMemory(child.pid)
  for (let n = 0; n < each; n += atOnce) {
    child.send(Array.from({ length: atOnce }, () => bomb.toString('base64')))
    await once(child, 'message')
  }
  const growthMb = watch.growthMb()
  verdict('B5', options, growthMb <= mostGrowthMb, { growthMb, mostGrowthMb, each })
}

/** Looks at the resident memory of a process until it is asked how much it was at most. */
function watchMemory(pid: number): { growthMb(): number } {
  const rss = (): number => {
    const [, kib] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kib) * 1024
  }
  const before = rss()
  let peak = before
  const looking = setInterval(() => {
    peak = Math.max(peak, rss())
  }, lookMs)
  return {
    growthMb() {
      clearInterval(looking)
      return Math.round(((peak - before) / mib) * 10) / 10
    },
  }
}
