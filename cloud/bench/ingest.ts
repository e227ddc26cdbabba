/**
 * Telematics events a second that are durable and acked: cars in a process of their own, Mosquitto, the service and PostgreSQL, all on
 * this machine, every flush on; 60 events a message, sealed beforehand, a row an event. Beside it, in the same server: `COPY` of the
 * same rows into the same table.
 *
 * Then: the delays of acks and alerts at 10,000 events/s, the same on the embedded parts, and the CPU time by the number of devices.
 */
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { type CloudProcess, createCloud } from '../chaos/parts/cloud.ts'
import { createMosquitto } from '../chaos/parts/mosquitto.ts'
import { createPostgres } from '../chaos/parts/postgres.ts'
import { registerCars } from '../chaos/parts/register-cars.ts'
import { openSite, type Site } from '../chaos/parts/site.ts'
import { migrate } from '../src/db/migrate.ts'
import { openDatabase } from '../src/db/open.ts'
import { copyReference } from './parts/copy-reference.ts'
import { cpuSecondsOf } from './parts/cpu-time.ts'
import { positive, rounded } from './parts/numbers.ts'
import { type Publisher, startPublisher } from './parts/publisher-tasks.ts'
import { type BenchCar, batchEvents } from './parts/sealed-fleet.ts'

const options = new Command('ingest')
  .description('events a second from the cars to durable rows, beside COPY')
  .addHelpText('before', 'Examples:\n  npm run bench -- ingest\n  npm run bench -- ingest --seconds 10 --json\n')
  .option('--json', 'print only the JSON line')
  .option('--seconds <n>', 'how long the cars send as fast as they can', positive, 60)
  .option('--pace-seconds <n>', 'how long the delays are measured', positive, 30)
  .option('--cars <n>', 'how many of them', positive, 1000)
  .option('--most <n>', 'events a second that enough is sealed for', positive, 200_000)
  .option('--growth <n>', 'events for each number of devices', positive, 1_000_000)
  .option('--only <part>', 'flood, pace, embedded or growth')
  .parse()
  .opts<{
    json?: true
    seconds: number
    paceSeconds: number
    cars: number
    most: number
    growth: number
    only?: string
  }>()

const seed = 1
/** Messages on their way at once: 16 of a car is the agent's own limit, and far below it. */
const window = 1500
const paceEventsPerS = 10_000
const alertsPerS = 20
const embeddedCars = 40
const embeddedMost = 60_000
const deviceCounts = [100, 1_000, 10_000]
/** As docs/guides/brokers.md has it for a server of this size. */
const settings = { shared_buffers: '1GB', max_wal_size: '8GB', checkpoint_timeout: '15min' }

const say = (text: string): void => void (options.json || console.error(text))
const wanted = (part: string): boolean => options.only === undefined || options.only === part

const admin = { email: 'admin@bench.example', password: randomBytes(12).toString('hex') }

interface Stage {
  cloud: CloudProcess
  cars: BenchCar[]
  publisher: Publisher
  /** Process ids of what serves: service, broker and database. */
  serving: () => Record<string, number>
}

/** The service on PostgreSQL and Mosquitto, with so many cars. */
async function served(site: Site, count: number) {
  const postgres = createPostgres(site, { settings })
  await postgres.start()
  const mosquitto = await createMosquitto(site, {
    config: 'allow_anonymous true\nmax_queued_messages 1000000\nmax_inflight_messages 1000\nset_tcp_nodelay true\n',
  })
  await mosquitto.start()
  const env = { DATABASE_URL: postgres.url, MQTT_URL: mosquitto.url }
  const stage = await begin(site, { env, count, apart: false })
  return {
    ...stage,
    postgres,
    serving: () => ({ service: stage.cloud.pid, broker: mosquitto.pid, database: postgres.pid }),
  }
}

async function begin(
  site: Site,
  { env, count, apart }: { env: { DATABASE_URL?: string; MQTT_URL?: string }; count: number; apart: boolean },
): Promise<Stage> {
  const passwordFile = join(site.folder, 'admin-password')
  writeFileSync(passwordFile, admin.password, { mode: 0o600 })
  const folder = join(site.folder, 'cloud')
  const database = await openDatabase({ url: env.DATABASE_URL, folder })
  await migrate(database)
  const identities = await registerCars(database.db, { count })
  await database.close()
  const cars = identities.map(({ id, password, keys: { privateKey } }) => ({ id, password, privateKey }))
  const login = { FAIRMILE_ADMIN_EMAIL: admin.email, FAIRMILE_ADMIN_PASSWORD_FILE: passwordFile }
  const cloud = createCloud(site, { env: { ...env, ...login } })
  await cloud.start()
  const publisher = await startPublisher({ cars, url: env.MQTT_URL ?? cloud.mqtt, apart, seed })
  site.defer(async () => publisher[Symbol.asyncDispose]())
  return { cloud, cars, publisher, serving: () => ({ service: cloud.pid }) }
}

/** Cars began to drive a while ago, so that all is in months that there are. */
const fromMs = (): number => Date.now() - 3600 * 1000

async function flood(
  { publisher, serving }: Stage,
  { boot, messages, seconds }: { boot: number; messages: number; seconds: number },
) {
  await publisher.run({ do: 'prepare', messages, boot, fromMs: fromMs() })
  const before = cpuOf(serving())
  const { events, elapsedS, ranOut, ackP99Ms, cpuS: cars } = await publisher.run({ do: 'flood', seconds, window })
  const after = cpuOf(serving())
  if (ranOut) say('  all that was sealed was sent before the time was over: give --most a larger number')
  const perMillion = (cpuS: number): number => rounded((cpuS / Number(events)) * 1e6, 2)
  const used = Object.entries(after).map(([name, cpuS]): [string, number] => [name, cpuS - (before[name] ?? 0)])
  return {
    eventsPerS: Number(events) / Number(elapsedS),
    cpuSPerMillion: perMillion(used.reduce((sum, [, cpuS]) => sum + cpuS, 0)),
    byPart: Object.fromEntries(
      [...used, ['cars', Number(cars)] as const].map(([name, cpuS]) => [name, perMillion(cpuS)]),
    ),
    ackP99Ms,
  }
}

const cpuOf = (pids: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, cpuSecondsOf([pid])]))

async function pace({ publisher, cloud }: Stage, seconds: number) {
  const messages = Math.ceil((paceEventsPerS * seconds) / batchEvents)
  await publisher.run({ do: 'prepare', messages, boot: 2, fromMs: fromMs() })
  const answer = await fetch(`${cloud.http}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(admin),
  })
  const { accessToken: token } = (await answer.json()) as { accessToken: string }
  const live = { http: cloud.http, token }
  return publisher.run({ do: 'pace', eventsPerS: paceEventsPerS, alertsPerS, seconds, live })
}

const result: Record<string, unknown> = { bench: 'ingest', unit: 'events/s', ours: null, reference: null, ratio: null }
if (wanted('flood') || wanted('pace')) {
  await using site = openSite()
  const stage = await served(site, options.cars)
  if (wanted('pace')) {
    say(`${paceEventsPerS} events/s and ${alertsPerS} alerts/s for ${options.paceSeconds} s`)
    const delays = await pace(stage, options.paceSeconds)
    say(`  ${JSON.stringify(delays)}`)
    Object.assign(result, { ackP99Ms: delays.ackP99Ms, alertP99Ms: delays.alertP99Ms, delays })
  }
  if (wanted('flood')) {
    const messages = Math.ceil((options.most * options.seconds) / batchEvents)
    say(`sealing ${messages} messages, then as fast as it goes for ${options.seconds} s`)
    const found = await flood(stage, { boot: 3, messages, seconds: options.seconds })
    say(`  ${JSON.stringify(found)}`)
    await stage.cloud.stop()
    const { rows, rowsPerS } = await copyReference(stage.postgres)
    say(`  COPY of ${rows} rows: ${rounded(rowsPerS)}/s`)
    const { eventsPerS, ...rest } = found
    Object.assign(result, {
      ours: rounded(eventsPerS),
      reference: rounded(rowsPerS),
      ratio: rounded(eventsPerS / rowsPerS, 3),
      flood: rest,
    })
  }
}
if (wanted('embedded')) {
  await using site = openSite()
  const stage = await begin(site, { env: {}, count: embeddedCars, apart: true })
  const seconds = Math.min(options.seconds, 20)
  const messages = Math.ceil((embeddedMost * seconds) / batchEvents)
  say(`embedded: ${messages} messages, as fast as it goes for ${seconds} s`)
  const { eventsPerS, ...rest } = await flood(stage, { boot: 1, messages, seconds })
  say(`  ${rounded(eventsPerS)}/s ${JSON.stringify(rest)}`)
  result.embedded = rounded(eventsPerS)
}
if (wanted('growth')) {
  const cpuSPerMillion: Record<string, number> = {}
  for (const count of deviceCounts) {
    await using site = openSite()
    const stage = await served(site, count)
    const found = await flood(stage, { boot: 1, messages: Math.ceil(options.growth / batchEvents), seconds: 600 })
    say(`${count} devices: ${JSON.stringify(found)}`)
    cpuSPerMillion[count] = found.cpuSPerMillion
  }
  result.cpuSPerMillion = cpuSPerMillion
}
process.stdout.write(`${JSON.stringify(result)}\n`)
