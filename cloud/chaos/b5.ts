/**
 * B5: devices with good keys send packets that are too large, compression bombs of 64 MiB (one says so, one does not) and batches
 * of 10,000 records, to the whole service on PostgreSQL. Claim: each is refused with its reason in the dead letters, the service
 * is not restarted, takes at most 64 MiB more memory, and goes on storing and acking.
 *
 * The control opens the bombs as they come, 16 at a time. It must fail.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { generateKeyPair } from '@fairmile/contract/chain.ts'
import { logTopic } from '@fairmile/contract/topics.ts'
import { sql } from 'drizzle-orm'
import { connectAsync, type MqttClient } from 'mqtt'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { selectRows } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { createCloud } from './parts/cloud.ts'
import { createFleet } from './parts/fleet.ts'
import { hostileBatches } from './parts/hostile-batches.ts'
import { createPostgres } from './parts/postgres.ts'
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
  const [bad, ...good] = (await registerCars(database.db, { count: 5 })) as [Identity, ...Identity[]]
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
  await store(50)
  const growthMb = watch.growthMb()
  const found = await reasons()
  const { oversized_packet = 0, too_large = 0, bad_payload = 0, bad_count = 0 } = found
  const restarts = cloud.running && cloud.pid === pid ? 0 : 1
  const refused = [oversized_packet, too_large, bad_payload, bad_count].every((count) => count === each)
  const passed = refused && restarts === 0 && growthMb <= mostGrowthMb
  verdict('B5', options, passed, { growthMb, mostGrowthMb, restarts, each, refused: found })
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
