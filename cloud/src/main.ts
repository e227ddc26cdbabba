import { mkdirSync, readFileSync } from 'node:fs'
import { createApp } from './app.ts'
import { createLogin } from './auth/login.ts'
import { loadSecret } from './auth/secret.ts'
import { createSessions } from './auth/sessions.ts'
import type { Broker } from './broker/broker.ts'
import { createBrokerCounters } from './broker/counters.ts'
import { createEmbeddedBroker } from './broker/embedded.ts'
import { createExternalBroker } from './broker/external.ts'
import type { Config } from './config.ts'
import { listenForCommands } from './control/listen.ts'
import { migrate } from './db/migrate.ts'
import { type OpenDatabase, openDatabase } from './db/open.ts'
import { ensurePartitions, monthsFrom } from './db/partitions.ts'
import { authenticateDevice } from './devices/claim-device.ts'
import { createDeviceMail, type DeviceMail } from './devices/mail.ts'
import { ensureAdmin } from './drivers/users.ts'
import { UsageError } from './errors.ts'
import { createConsumers } from './events/consumers.ts'
import { measureLag } from './events/lag.ts'
import { createLiveConsumer } from './events/live-consumer.ts'
import { createIngestCounters } from './ingest/counters.ts'
import { createIngest } from './ingest/ingest.ts'
import { createLocalFanOut, type LivePort } from './live/fan-out.ts'
import { createHub } from './live/hub.ts'
import { createRedisFanOut } from './live/redis-fan-out.ts'
import { createLiveSockets } from './live/sockets.ts'
import type { Log } from './log.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { loadPlans } from './pricing/plans.ts'
import { createPricingConsumer } from './pricing/reprice.ts'
import { createModelGauges, type ModelGauges } from './registry/gauges.ts'
import { measureModels } from './registry/measure-models.ts'
import { createModelShelf, type ModelShelf } from './registry/shelf.ts'
import { takeInVersions } from './registry/take-in.ts'
import { driverModelName } from './risk/driver-artifacts.ts'
import { createRiskConsumer } from './risk/rescore.ts'
import { startServer } from './server.ts'

/** How often the months ahead are made sure of: a day is early enough for two months. */
const partitionsEveryMs = 24 * 3600 * 1000
/** How often the waiting domain events are counted for the metrics. */
const lagEveryMs = 15_000

/** How often drift and agreement are measured: they are matters of days. */
const modelsEveryMs = 3600 * 1000

/** A running service: its addresses, and its orderly end. */
export interface Cloud extends AsyncDisposable {
  http: string
  mqtt: string
}

interface StartOptions {
  log: Log
  /** Ends the start: what was started is stopped and the start throws. Once the service runs it means nothing any more. */
  signal?: AbortSignal
}

/**
 * Starts the whole service, from the database up; what was started is stopped again where a later part fails.
 *
 * It ends in the opposite order: no more requests, what came in is stored and acked, then the rest.
 */
export async function startCloud(config: Config, { log, signal }: StartOptions): Promise<Cloud> {
  const starting = new AbortController()
  const giveUp = () => starting.abort(signal?.reason)
  signal?.addEventListener('abort', giveUp)
  if (signal?.aborted) giveUp()
  try {
    return await startParts(config, log, starting.signal)
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
}

/** Starts part after part, as long as the signal lets it. */
async function startParts(config: Config, log: Log, signal: AbortSignal): Promise<Cloud> {
  await using parts = new AsyncDisposableStack()
  const metrics = createMetrics()
  const database = await openStore(config, log, signal)
  parts.defer(() => database.close())
  signal.throwIfAborted()
  const { db } = database
  if (database.kind === 'pglite') {
    const control = await listenForCommands({ folder: config.dataDir, database, log })
    parts.defer(() => control.close())
  }

  const { redisUrl } = config
  const fanOut = redisUrl
    ? createRedisFanOut({ url: redisUrl, dropped: metrics.liveDropped, log })
    : createLocalFanOut()
  parts.defer(() => fanOut.close())
  const hub = createHub({ fanOut })

  const plans = loadPlans()
  const modelGauges = createModelGauges(metrics.registry)
  const models = await openModels(database, modelGauges, log)
  if (models) parts.defer(() => models.close())
  else log.warn({}, 'no driver model: trips are stored, scores and premiums wait for one')
  signal.throwIfAborted()
  const scoring = models && createScoring(models, plans, log)
  const handlers = { live: createLiveConsumer({ live: hub }), ...scoring }
  const consumers = createConsumers({ db, handlers, metrics, log })
  consumers.start()
  parts.defer(() => consumers.stop())

  const onCommitted = consumers.wake
  const { mqtt, mail } = await startDevices(config, { database, metrics, log, live: hub, onCommitted, parts, signal })
  signal.throwIfAborted()

  mkdirSync(config.dataDir, { recursive: true })
  const sessions = createSessions({ secret: loadSecret(config.secretFile) })
  const app = createApp({
    db,
    sessions,
    login: createLogin({ db }),
    metrics,
    log,
    checks: [{ name: 'database', problem: () => db.execute('SELECT 1').then(() => null) }],
    dashboardDir: config.dashboardDir,
    mqttUrl: mqtt,
    mail,
    proxies: config.proxies,
    plans,
    // The shelf has logged why none can be used.
    model: async (tx) => (await models?.live(tx).catch(() => null)) ?? null,
  })
  const { liveSockets: open, liveDropped: dropped } = metrics
  const live = createLiveSockets({ hub, sessions, open, dropped })
  const server = await startServer({ app, live, host: config.host, port: config.port })
  parts.defer(() => server.close())
  repeat(parts, partitionsEveryMs, () => ensurePartitions(database, monthsFrom(Date.now())), log)
  repeat(parts, lagEveryMs, () => measureLag(db, metrics), log)
  repeat(parts, modelsEveryMs, () => measureModels(db, modelGauges), log)
  signal.throwIfAborted()

  const running = parts.move()
  return { http: server.url, mqtt, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

/** Takes the models of this release into the registry; null where no version can be used. */
async function openModels({ db }: OpenDatabase, { scoring: gauge }: ModelGauges, log: Log): Promise<ModelShelf | null> {
  const added = await takeInVersions(db)
  if (added.length > 0) log.info({ added }, 'models taken into the registry')
  const shelf = createModelShelf({
    log,
    scoring(version, live) {
      gauge.reset()
      gauge.set({ model: driverModelName, version, stands_in: String(version !== live) }, 1)
    },
  })
  const usable = await shelf.live(db).catch((error: unknown) => log.error({ error }, 'no driver model can be used'))
  return usable ? shelf : null
}

function createScoring({ live: model, shadows }: ModelShelf, plans: ReturnType<typeof loadPlans>, log: Log) {
  const shadowFailed = (error: unknown) => log.warn({ error }, 'a model in the shadow could not score')
  return {
    risk: createRiskConsumer({ model, shadows, shadowFailed }),
    pricing: createPricingConsumer({ model, plans }),
  }
}

interface DeviceSide {
  database: OpenDatabase
  metrics: Metrics
  log: Log
  live: LivePort
  onCommitted: () => void
  parts: AsyncDisposableStack
  signal: AbortSignal
}

/** Starts broker and ingest; gives the address that devices are told, and the way to them. At the end what came in is stored before the broker goes. */
async function startDevices(config: Config, side: DeviceSide): Promise<{ mqtt: string; mail: DeviceMail }> {
  const { database, metrics, log, live, onCommitted, parts, signal } = side
  const broker = createBroker(config, side)
  const counters = createIngestCounters(metrics.registry)
  const mail = createDeviceMail({ db: database.db, publish: broker.publish, log })
  const { greet } = mail
  const ingest = createIngest({ database, publish: broker.publish, greet, live, counters, log, onCommitted })
  broker.onMessage(ingest.take)
  broker.onRefused(ingest.refused)
  ingest.start()
  parts.defer(() => broker.close())
  parts.defer(() => ingest.stop())
  const address = await broker.start(signal)
  return { mqtt: config.mqttPublicUrl ?? address, mail }
}

function createBroker({ mqttUrl, host, mqttPort: port }: Config, { database, metrics, log }: DeviceSide): Broker {
  const counters = createBrokerCounters(metrics.registry)
  if (mqttUrl) return createExternalBroker({ url: mqttUrl, counters, log })
  const authenticate = (deviceId: string, password: string) => authenticateDevice(database.db, deviceId, password)
  return createEmbeddedBroker({ host, port, authenticate, counters, log })
}

function repeat(parts: AsyncDisposableStack, everyMs: number, work: () => Promise<void>, log: Log): void {
  const timer = setInterval(() => work().catch((error) => log.warn({ error }, 'recurring work failed')), everyMs)
  parts.defer(() => clearInterval(timer))
}

async function openStore(config: Config, log: Log, signal: AbortSignal): Promise<OpenDatabase> {
  const database = await openDatabase({ url: config.databaseUrl, folder: config.dataDir, signal })
  try {
    signal.throwIfAborted()
    const applied = await migrate(database)
    if (applied.length > 0) log.info({ applied }, 'database migrated')
    await ensurePartitions(database, monthsFrom(Date.now()))
    await bootstrapAdmin(database, config, log)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

async function bootstrapAdmin({ db }: OpenDatabase, { admin }: Config, log: Log): Promise<void> {
  if (admin === null) return
  const { email, passwordFile } = admin
  let password: string
  try {
    password = readFileSync(passwordFile, 'utf8').trim()
  } catch (cause) {
    throw new UsageError(`Reading FAIRMILE_ADMIN_PASSWORD_FILE "${passwordFile}": ${String(cause)}`, { cause })
  }
  if (password === '') throw new UsageError(`Reading FAIRMILE_ADMIN_PASSWORD_FILE "${passwordFile}": it is empty`)
  if (await ensureAdmin(db, { email, password })) log.info({ email }, 'first admin made')
}
