import { join } from 'node:path'
import { createBulkWorks } from '../bulk/bulk-works.ts'
import { runBulk } from '../bulk/run-bulk.ts'
import { bulkChannel } from '../bulk/start-bulk.ts'
import { archiveMonths } from '../db/archive/archive-months.ts'
import { addMonths, ensurePartitions, monthOf, monthsFrom } from '../db/partitions.ts'
import { applyRetention } from '../db/retention.ts'
import type { DeviceMail } from '../devices/mail.ts'
import { createCacheConsumer } from '../events/cache-consumer.ts'
import { createConsumers } from '../events/consumers.ts'
import { createLagGauges } from '../events/lag.ts'
import { createLiveConsumer } from '../events/live-consumer.ts'
import { eventsChannel } from '../events/outbox.ts'
import { retainDomainEvents } from '../events/retain-events.ts'
import { createJobs } from '../jobs/jobs.ts'
import type { JobHandler, JobName } from '../jobs/schedule.ts'
import type { Log } from '../log.ts'
import { createNotificationConsumer } from '../notify/notification-consumer.ts'
import { retainNotifications } from '../notify/retain-notifications.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import { createPricingConsumer } from '../pricing/reprice.ts'
import type { ModelGauges } from '../registry/gauges.ts'
import { measureModels } from '../registry/measure-models.ts'
import type { ModelShelf } from '../registry/shelf.ts'
import { makeMonthlyReports } from '../reports/make-reports.ts'
import { createRiskConsumer } from '../risk/rescore.ts'
import { createStatisticsConsumer } from '../trips/driver-statistics.ts'
import { createTripWork } from '../trips/trip-work.ts'
import { createTripWorkCounters } from '../trips/trip-work-counters.ts'
import { startBus } from './bus.ts'
import type { RoleContext } from './role.ts'

interface WorkerRole {
  readonly models: ModelShelf | null
  readonly modelGauges: ModelGauges
  readonly plans: PlanSource
  readonly mail: DeviceMail
}

/** Starts the consumers of domain events and the recurring jobs; gives the call that wakes the consumers. */
export async function startWorker(
  context: RoleContext,
  { models, modelGauges, plans, mail }: WorkerRole,
): Promise<() => void> {
  const { database, metrics, hub, cache, log, parts } = context
  const { db } = database
  const handlers = {
    live: createLiveConsumer({ live: hub }),
    cache: createCacheConsumer({ cache }),
    notification: createNotificationConsumer(),
    statistics: createStatisticsConsumer(),
    ...(models && createScoring(models, plans, log)),
  }
  await startBus(context)
  const listen = (wake: () => void) => database.listen(eventsChannel, wake)
  const consumers = createConsumers({ db, handlers, metrics, log, listen })
  consumers.start()
  parts.defer(() => consumers.stop())
  createLagGauges({ registry: metrics.registry, db, log })
  const handlersOfJobs = jobHandlers(context, { modelGauges, plans, mail })
  const jobs = createJobs({ database, metrics, log, handlers: handlersOfJobs })
  parts.defer(() => jobs.stop())
  await jobs.start()
  // Within seconds; where this is missed, the minute's own run finds it.
  const runBulkNow = () => void jobs.runNow('bulk-actions').catch((error) => log.warn({ error }, 'not told of a run'))
  parts.defer(await database.listen(bulkChannel, runBulkNow))
  return consumers.wake
}

function jobHandlers(
  { config, database, metrics, cache, log }: RoleContext,
  { modelGauges, plans, mail }: Pick<WorkerRole, 'modelGauges' | 'plans' | 'mail'>,
): Partial<Record<JobName, JobHandler>> {
  const { db } = database
  const { archiveMonths: months, dataDir, retention: days } = config
  const lookAtTrips = createTripWork({ db, counters: createTripWorkCounters(metrics.registry), log })
  return {
    'partitions-ahead': () => ensurePartitions(database, monthsFrom(Date.now())),
    'look-at-trips': lookAtTrips,
    'bulk-actions': ({ signal }) =>
      runBulk(db, {
        works: createBulkWorks({ plans, mail }),
        changed: (...tags) => cache.invalidate({ tags }),
        signal,
      }),
    'monthly-reports': () => makeMonthlyReports(db, { now: Date.now() }),
    'measure-models': () => measureModels(db, modelGauges),
    'retain-domain-events': ({ signal }) => retainDomainEvents(db, { now: Date.now(), signal }),
    'retain-rows': ({ signal }) => applyRetention(database, Date.now(), { days, signal }),
    ...(months !== null && {
      'retain-partitions': async () => {
        const before = `${addMonths(monthOf(Date.now()), -months)}-01`
        const done = await archiveMonths(database, { before, folder: join(dataDir, 'archive'), nowMs: Date.now() })
        return { archived: done }
      },
    }),
    'retain-notifications': () => retainNotifications(db, { now: Date.now() }),
  }
}

function createScoring({ live: model, shadows }: ModelShelf, plans: WorkerRole['plans'], log: Log) {
  const shadowFailed = (error: unknown) => log.warn({ error }, 'a model in the shadow could not score')
  return {
    risk: createRiskConsumer({ model, shadows, shadowFailed }),
    pricing: createPricingConsumer({ model, plans }),
  }
}
