/**
 * R10: the bus of domain events is down for ten minutes while cars drive. Claim: ingest goes on as before, the outbox drains
 * when the bus is back, no event is lost, and each driver's events are handled once and in their order.
 *
 * The bus is a real Kafka, stopped in its tracks (SIGSTOP) for the first half and killed for the second; with `--table` it is
 * the outbox table alone, and what is down are the workers. The control publishes without an outbox: it sends and forgets.
 */
import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'
import { Command, InvalidArgumentError } from 'commander'
import { asc, inArray, sql } from 'drizzle-orm'
import { Counter, Registry } from 'prom-client'
import { type Database, selectRows } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import { type OpenDatabase, openDatabase } from '../src/db/open.ts'
import { domainEvents, domainRelay } from '../src/db/schema/outbox.ts'
import type { Bus } from '../src/events/bus/bus.ts'
import { takeIn } from '../src/events/bus/inbox.ts'
import { createKafkaBus } from '../src/events/bus/kafka.ts'
import { createRelay } from '../src/events/bus/relay.ts'
import { chooseRoad } from '../src/events/bus/road.ts'
import { createConsumers, type Handler } from '../src/events/consumers.ts'
import { eventsChannel } from '../src/events/outbox.ts'
import { storedEvent } from '../src/events/stored-event.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { startKafka } from '../test/kafka-server.ts'
import { checkFleet } from './parts/check-fleet.ts'
import { createCloud } from './parts/cloud.ts'
import { createFleet, type Fleet } from './parts/fleet.ts'
import { createMosquitto } from './parts/mosquitto.ts'
import { createPostgres } from './parts/postgres.ts'
import { createRedis } from './parts/redis.ts'
import { registerCars } from './parts/register-cars.ts'
import { openSite } from './parts/site.ts'
import { until } from './parts/until.ts'

/** Before and after the outage, of its length, and at least so long. */
const leastCalmMs = 10_000
const cars = 40
/** How much slower acks may be while the bus is down: a busy machine's own scatter. */
const slower = { factor: 2, ms: 100 }
/** How often the control looks for new events, ms. */
const controlMs = 50

const options = new Command('R10')
  .description('The event bus is down for minutes: ingest goes on, the outbox drains, nothing is lost or out of order.')
  .addHelpText('before', 'Examples:\n  npm run chaos -- R10\n  npm run chaos -- R10 --minutes 0.5 --control\n')
  .option('--minutes <n>', 'how long the bus is down', above0, 10)
  .option('--rate <n>', 'trips a second', above0, 10)
  .option('--table', 'no Kafka: the workers are down')
  .option('--seed <n>', 'seed of the drives', above0, 1)
  .option('--runs <n>', 'how often the bus goes down', above0, 1)
  .option('--control', 'publish without an outbox: must fail')
  .option('--json', 'nothing but the last line')
  .parse()
  .opts<{
    minutes: number
    rate: number
    table?: true
    seed: number
    runs: number
    control?: true
    json?: true
  }>()

const say = (text: string): void => void (options.json || console.error(text))
const log = createLog({ level: options.json ? 'silent' : 'error' })
const found = await test()
const { ingest, events, fleet } = found
const unchanged = ingest.p99DownMs <= ingest.p99CalmMs * slower.factor + slower.ms && ingest.heldBack === 0
const sound = events.lost === 0 && events.twice === 0 && events.outOfOrder === 0 && events.waiting === 0
const passed = unchanged && sound && fleet.lost === 0 && fleet.duplicated === 0
const { minutes, runs, seed, rate, table = false, control = false } = options
const seconds = Math.round(performance.now() / 100) / 10
console.log(
  JSON.stringify({ id: 'R10', passed, minutes, runs, seed, rate, table, control, unchanged, ...found, seconds }),
)
process.exitCode = passed ? 0 : 1

async function test() {
  await using site = openSite()
  const [postgres, mosquitto, redis] = [createPostgres(site), await createMosquitto(site), await createRedis(site)]
  await Promise.all([postgres.start(), mosquitto.start(), redis.start()])
  const kafka = options.table ? null : await startKafka()
  if (kafka) site.defer(() => kafka.remove())
  const database = await openDatabase({ url: postgres.url, folder: site.folder })
  site.defer(() => database.close())
  await migrate(database)
  const { db } = database
  await db.execute(sql`CREATE TABLE r10_handled (place bigserial PRIMARY KEY, event_id bigint, subject text)`)
  await chooseRoad(db, kafka ? 'kafka' : 'table')
  const servers = { DATABASE_URL: postgres.url, MQTT_URL: mosquitto.url, REDIS_URL: redis.url }
  const cloud = createCloud(site, { name: 'ingest', env: { ...servers, FAIRMILE_ROLES: 'ingest' } })
  await cloud.start()
  const identities = await registerCars(db, { count: cars })
  const fleet = createFleet({ url: mosquitto.url, identities, seed: options.seed })
  site.defer(() => fleet.close())
  await fleet.connected()
  const bus = kafka && newBus(kafka.brokers)
  let workers = startWorkers(database, bus)
  site.defer(() => workers.stop())

  const outage = async (ms: number) => {
    if (!kafka) {
      await workers.stop()
      await pause(ms)
      workers = startWorkers(database, bus)
      return
    }
    kafka.pause()
    await pause(ms / 2)
    await kafka.kill()
    await pause(ms / 2)
    await kafka.start()
  }
  const times = await drive(fleet, outage)
  await fleet.drained()
  say('the bus is back; draining')
  const drainFromMs = performance.now()
  const all = await recorded(db)
  await until(
    'the outbox to drain',
    async () => (await handled(db)) >= all || (options.control && (await isQuiet(db))),
    {
      timeoutMs: 300_000,
    },
  ).catch((error: unknown) => say(String(error)))
  const drainS = Math.round((performance.now() - drainFromMs) / 100) / 10
  const checked = await checkFleet(db, fleet.cars)
  const events = { recorded: all, ...(await checkHandled(db)), drainS }
  return { ingest: { ...times, heldBack: fleet.held }, events, fleet: { ...checked, unacked: undefined } }
}

function newBus(brokers: string): Bus {
  const unreadable = new Counter({ name: 'unreadable', help: '-', registers: [new Registry()] })
  return createKafkaBus({ brokers: [brokers], unreadable, log })
}

/** Two workers' worth of consumers, with the relay and the inbox where there is a bus. */
function startWorkers(database: OpenDatabase, bus: Bus | null): { stop(): Promise<void> } {
  const { db, listen } = database
  const risk: Handler = async (tx, { id, subject }) => {
    await tx.execute(sql`INSERT INTO r10_handled (event_id, subject) VALUES (${id}, ${subject})`)
  }
  const sets = [1, 2].map(() =>
    createConsumers({
      ...{ db, handlers: { risk }, metrics: createMetrics(), log },
      listen: (wake) => listen(eventsChannel, wake),
    }),
  )
  for (const set of sets) set.start()
  const relay = bus && (options.control ? sendAndForget(db, bus) : createRelay({ database, bus, log }))
  bus?.subscribe(async (events) => void (await takeIn(db, events)))
  relay?.start()
  return {
    async stop() {
      await relay?.stop()
      if (bus && !options.table) await bus.close()
      for (const set of sets) await set.stop()
    },
  }
}

/** What publishes without an outbox: each event is sent once, and whether it arrived is not asked. */
function sendAndForget(db: Database, bus: Bus) {
  let timer: NodeJS.Timeout | undefined
  const send = async () => {
    const rows = await db.select({ id: domainRelay.eventId }).from(domainRelay).orderBy(asc(domainRelay.eventId))
    if (rows.length === 0) return
    const ids = rows.map(({ id }) => id)
    const found = await db
      .select()
      .from(domainEvents)
      .where(inArray(domainEvents.id, ids))
      .orderBy(asc(domainEvents.id))
    await db.delete(domainRelay).where(inArray(domainRelay.eventId, ids))
    const events: StoredDomainEvent[] = found.map(storedEvent)
    bus.publish(events).catch(() => {})
  }
  return {
    start: () => {
      timer = setInterval(() => void send().catch(() => {}), controlMs)
    },
    stop: async () => clearInterval(timer),
  }
}

/** Drives before, in and after each outage; gives the 99th percentiles of the acks of calm and of outage. */
async function drive(fleet: Fleet, outage: (ms: number) => Promise<void>) {
  const driving = new AbortController()
  const load = fleet.load({ batchesPerS: options.rate, tripsPerS: options.rate, signal: driving.signal })
  const downMs = options.minutes * 60_000
  const calmMs = Math.max(leastCalmMs, downMs / 10)
  const calm: number[] = []
  const down: number[] = []
  await pause(calmMs)
  fleet.takeLatencies() // the start is not counted: connections and caches are cold
  for (let run = 1; run <= options.runs; run++) {
    await pause(calmMs)
    calm.push(...fleet.takeLatencies())
    say(`outage ${run} of ${options.runs}: ${options.minutes} min`)
    await outage(downMs)
    down.push(...fleet.takeLatencies())
  }
  await pause(calmMs)
  driving.abort()
  await load
  return { acksCalm: calm.length, acksDown: down.length, p99CalmMs: p99(calm), p99DownMs: p99(down) }
}

async function checkHandled(db: Database) {
  const [row] = await selectRows<{ lost: number; twice: number; outOfOrder: number; waiting: number }>(
    db,
    sql`
      SELECT
        (SELECT count(*)::int FROM domain_events e WHERE type = 'TripCompleted'
          AND NOT EXISTS (SELECT 1 FROM r10_handled h WHERE h.event_id = e.id)) AS lost,
        (SELECT (count(*) - count(DISTINCT event_id))::int FROM r10_handled) AS twice,
        (SELECT count(*)::int FROM (
          SELECT event_id < max(event_id) OVER (PARTITION BY subject ORDER BY place ROWS UNBOUNDED PRECEDING) AS late
          FROM r10_handled) placed WHERE late) AS "outOfOrder",
        (SELECT count(*)::int FROM domain_relay) AS waiting`,
  )
  return row ?? { lost: -1, twice: -1, outOfOrder: -1, waiting: -1 }
}

async function countOf(db: Database, of: ReturnType<typeof sql>): Promise<number> {
  return (await selectRows<{ n: number }>(db, sql`SELECT count(*)::int AS n FROM ${of}`))[0]?.n ?? 0
}

function recorded(db: Database): Promise<number> {
  return countOf(db, sql`domain_events WHERE type = 'TripCompleted'`)
}

function handled(db: Database): Promise<number> {
  return countOf(db, sql`r10_handled`)
}

/** Whether nothing more is handled for as long as a reader may take to come back. */
async function isQuiet(db: Database): Promise<boolean> {
  const before = await handled(db)
  await pause(45_000)
  return (await handled(db)) === before
}

function p99(values: number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? Number.NaN)
}

/** Lets the system run. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function above0(text: string): number {
  const value = Number(text)
  if (value > 0) return value
  throw new InvalidArgumentError('expected a number above 0.')
}
