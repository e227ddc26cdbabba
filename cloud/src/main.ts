import { createCache } from './cache/cache.ts'
import { createCacheCounters } from './cache/counters.ts'
import type { Config } from './config.ts'
import { createPoolGauges } from './db/pool-gauges.ts'
import { createDeviceMail } from './devices/mail.ts'
import { createLocalFanOut } from './live/fan-out.ts'
import { createHub } from './live/hub.ts'
import type { Log } from './log.ts'
import { createMetrics } from './metrics.ts'
import { createPlanShelf } from './plans/plan-shelf.ts'
import { createRedisCache } from './redis/redis-cache.ts'
import { createRedisFanOut } from './redis/redis-fan-out.ts'
import { createModelGauges } from './registry/gauges.ts'
import { createBroker } from './roles/broker.ts'
import { startIngest } from './roles/ingest.ts'
import { startOperations } from './roles/listen.ts'
import type { RoleContext } from './roles/role.ts'
import { openStore } from './roles/store.ts'

/** A running service: its addresses, and its orderly end. */
export interface Cloud extends AsyncDisposable {
  http: string
  /** Where devices reach the broker; null for a process that knows of none. */
  mqtt: string | null
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

/** Starts the roles of this process, one after the other, as long as the signal lets it. */
async function startParts(config: Config, log: Log, signal: AbortSignal): Promise<Cloud> {
  await using parts = new AsyncDisposableStack()
  const { judging, worker, api } = await loadRoles(config)
  const context = await openContext(config, { log, parts, signal })
  const { roles } = config
  const { database, metrics } = context
  const modelGauges = createModelGauges(metrics.registry)
  const models = judging && (await judging.openModels(database, modelGauges, log))
  if (models) parts.defer(() => models.close())
  else if (judging) log.warn({}, 'no driver model: trips are stored, scores and premiums wait for one')
  signal.throwIfAborted()

  const plans = createPlanShelf()
  const issuer = await judging?.openIssuer(context)
  const { broker, authority } = await createBroker(context)
  const publish = broker?.publish ?? noBroker
  const mail = createDeviceMail({ db: database.db, publish, log })
  const onCommitted = worker
    ? await worker.startWorker(context, { models, modelGauges, plans, issuer, mail })
    : () => {}
  if (broker && roles.has('ingest')) startIngest(context, { broker, mail, onCommitted })
  else if (broker) parts.defer(() => broker.close())
  const address = (await broker?.start(signal)) ?? null
  const mqtt = config.mqttPublicUrl ?? address
  signal.throwIfAborted()

  const server = api
    ? await api.startApi(context, {
        models,
        plans,
        issuer,
        mail,
        mqttUrl: mqtt ?? '',
        authority,
      })
    : await startOperations(context)
  signal.throwIfAborted()

  const running = parts.move()
  return { http: server.url, mqtt, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

/** Loads what only some roles need, before anything waits for this process. */
async function loadRoles({ roles }: Pick<Config, 'roles'>) {
  const [api, worker] = [roles.has('api'), roles.has('worker')]
  return {
    judging: api || worker ? await import('./roles/judging.ts') : null,
    worker: worker ? await import('./roles/worker.ts') : null,
    api: api ? await import('./roles/api.ts') : null,
  }
}

const noBroker = () => Promise.reject(new Error('This process has no way to the devices'))

/** What every role stands on: the database, the metrics and the live messages. */
async function openContext(
  config: Config,
  { log, parts, signal }: Pick<RoleContext, 'log' | 'parts' | 'signal'>,
): Promise<RoleContext> {
  const metrics = createMetrics()
  const database = await openStore(config, log, signal)
  parts.defer(() => database.close())
  if (database.pool) createPoolGauges(metrics.registry, database.pool)
  signal.throwIfAborted()
  if (database.kind === 'pglite') {
    const { listenForCommands } = await import('./control/listen.ts')
    const control = await listenForCommands({ folder: config.dataDir, database, log })
    parts.defer(() => control.close())
  }
  const { redisUrl: url } = config
  const fanOut = url ? createRedisFanOut({ url, dropped: metrics.liveDropped, log }) : createLocalFanOut()
  parts.defer(() => fanOut.close())
  const cacheCounters = createCacheCounters(metrics.registry)
  const cache = createCache({
    counters: cacheCounters,
    ...(url && { far: (heard) => createRedisCache({ url, counters: cacheCounters, log, heard }) }),
  })
  parts.defer(() => cache.close())
  return { config, database, metrics, hub: createHub({ fanOut }), cache, cacheCounters, log, parts, signal }
}
