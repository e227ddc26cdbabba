import { join } from 'node:path'
import type { Issuer } from '@fairmile/models/pricing/receipt.ts'
import { createBulkWorks } from '../bulk/bulk-works.ts'
import { followJob } from '../bulk/follow-job.ts'
import { runBulk } from '../bulk/run-bulk.ts'
import { bulkChannel } from '../bulk/start-bulk.ts'
import { applyLimitCorrections } from '../contests/apply-limit-corrections.ts'
import { ruleSilentContests } from '../contests/rule-silent-contests.ts'
import { rulingsOf } from '../contests/rulings-of.ts'
import { archiveMonths } from '../db/archive/archive-months.ts'
import { addMonths, ensurePartitions, monthOf, monthsFrom } from '../db/partitions.ts'
import { applyRetention } from '../db/retention.ts'
import { summarizeMonths } from '../db/summarize-months.ts'
import type { DeviceMail } from '../devices/mail.ts'
import { createCacheConsumer } from '../events/cache-consumer.ts'
import { createConsumers } from '../events/consumers.ts'
import { createLagGauges } from '../events/lag.ts'
import { createLiveConsumer } from '../events/live-consumer.ts'
import { eventsChannel } from '../events/outbox.ts'
import { retainDomainEvents } from '../events/retain-events.ts'
import { closeStaleOpenEnds } from '../ingest/close-open-ends.ts'
import { createJobs } from '../jobs/jobs.ts'
import type { JobHandler, JobName } from '../jobs/schedule.ts'
import type { Log } from '../log.ts'
import { retainDeliveries } from '../notify/retain-deliveries.ts'
import { retainNotifications } from '../notify/retain-notifications.ts'
import { tellSilentDevices } from '../notify/silent-devices.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import { billDue } from '../pricing/bill.ts'
import { leftOutTo } from '../pricing/left-out-to.ts'
import { createPricePolicy } from '../pricing/price-policy.ts'
import { publishRoots } from '../pricing/publish-roots.ts'
import { createPricingConsumer } from '../pricing/reprice.ts'
import type { ModelGauges } from '../registry/gauges.ts'
import { measureModels } from '../registry/measure-models.ts'
import type { ModelShelf } from '../registry/shelf.ts'
import { makeMonthlyReports } from '../reports/make-reports.ts'
import { closeRewardWeeks } from '../rewards/close-weeks.ts'
import { loadRewardCatalogue } from '../rewards/load-catalogue.ts'
import { createRewardsConsumer } from '../rewards/rewards-consumer.ts'
import { createRiskJobRunner } from '../risk/batch/job-runner.ts'
import type { RiskJobRow } from '../risk/batch/jobs.ts'
import { rescoreAll } from '../risk/batch/rescore-all.ts'
import { tellOfJob } from '../risk/batch/tell-of-job.ts'
import { createRiskConsumer } from '../risk/rescore.ts'
import { createDigestWork } from '../trips/digest-trips.ts'
import { createStatisticsConsumer } from '../trips/driver-statistics.ts'
import { createTripWork } from '../trips/trip-work.ts'
import { createTripWorkCounters } from '../trips/trip-work-counters.ts'
import { startBus } from './bus.ts'
import { type Notifying, startNotifying } from './notifying.ts'
import type { RoleContext } from './role.ts'

/** Policies that are priced side by side at most: a process works them out on one core, which more would not keep any busier. */
const mostPricingLanes = 4

/**
 * Policies that are priced side by side, as after a batch: while one waits for the database, another is worked out. At most a quarter of the
 * connections, for the rest of the process has work too; the embedded database has one session.
 */
function pricingLanes({ database, config: { pool } }: Pick<RoleContext, 'database' | 'config'>): number {
  if (database.kind !== 'postgres') return 1
  return Math.max(1, Math.min(mostPricingLanes, Math.floor((pool.base + pool.overflow) / 4)))
}

interface WorkerRole {
  readonly models: ModelShelf | null
  readonly modelGauges: ModelGauges
  readonly plans: PlanSource
  readonly issuer: Issuer | undefined
  readonly mail: DeviceMail
}

/** Starts the consumers of domain events and the recurring jobs; gives the call that wakes the consumers. */
export async function startWorker(context: RoleContext, role: WorkerRole): Promise<() => void> {
  const { database, metrics, hub, cache, log, parts } = context
  const { db } = database
  const notifying = startNotifying(context)
  const { models } = role
  const handlers = {
    live: createLiveConsumer({ live: hub }),
    cache: createCacheConsumer({ cache }),
    ...notifying.handlers,
    statistics: createStatisticsConsumer(),
    rewards: createRewardsConsumer({ catalogue: loadRewardCatalogue() }),
    ...(models && createScoring(models, role, log)),
  }
  await startBus(context)
  const listen = (wake: () => void) => database.listen(eventsChannel, wake)
  const lanes = { pricing: pricingLanes(context) }
  const consumers = createConsumers({ db, handlers, lanes, metrics, log, listen })
  consumers.start()
  parts.defer(() => consumers.stop())
  createLagGauges({ registry: metrics.registry, db, log })
  const tell = tellOfJob(hub)
  const progress = (job: RiskJobRow): void => {
    tell(job)
    void followJob(db, job.id).catch((error) => log.warn({ error }, 'a bulk run was not told of its job'))
  }
  const scores = models && createRiskJobRunner({ database, model: models.live, log, progress })
  parts.defer(async () => scores?.stop())
  await scores?.start()
  const jobs = createJobs({
    database,
    metrics,
    log,
    handlers: { ...jobHandlers(context, role, notifying), ...pricingJobs(context, role) },
  })
  parts.defer(() => jobs.stop())
  await jobs.start()
  // Within seconds; where this is missed, the minute's own run finds it.
  const runBulkNow = () => void jobs.runNow('bulk-actions').catch((error) => log.warn({ error }, 'not told of a run'))
  parts.defer(await database.listen(bulkChannel, runBulkNow))
  return consumers.wake
}

function jobHandlers(
  { config, database, metrics, cache, log }: RoleContext,
  { modelGauges, plans, mail }: WorkerRole,
  { channels }: Notifying,
): Partial<Record<JobName, JobHandler>> {
  const { db } = database
  const { archiveMonths: months, dataDir, retention: days } = config
  const counters = createTripWorkCounters(metrics.registry)
  return {
    'partitions-ahead': () => ensurePartitions(database, monthsFrom(Date.now())),
    'close-open-ends': ({ signal }) => closeStaleOpenEnds(db, { signal }),
    'look-at-trips': createTripWork({ db, counters, log }),
    'summarize-months': ({ signal }) => summarizeMonths(db, { signal }),
    'digest-trips': createDigestWork({ database, counters, log }),
    'close-reward-weeks': ({ signal }) =>
      closeRewardWeeks(db, {
        ...{ catalogue: loadRewardCatalogue(), now: Date.now(), signal },
        failed: (driverId, error) => log.error({ driverId, error }, 'a week of rewards could not be closed'),
      }),
    'rule-silent-contests': ({ signal }) =>
      ruleSilentContests(db, {
        ...{ nowMs: Date.now(), signal },
        failed: (contestId, error) => log.error({ contestId, error }, 'a contest could not be upheld by silence'),
      }),
    'apply-limit-corrections': ({ signal }) =>
      applyLimitCorrections(db, {
        ...{ nowMs: Date.now(), signal },
        failed: (correction, error) => log.error({ correction, error }, 'a corrected limit could not be applied'),
      }),
    'rescore-drivers': () => rescoreAll(db),
    'bulk-actions': ({ signal }) =>
      runBulk(db, {
        works: createBulkWorks({ plans, mail }),
        changed: (...tags) => cache.invalidate({ tags }),
        signal,
      }),
    'monthly-reports': () =>
      makeMonthlyReports(db, {
        now: Date.now(),
        failed: (report, error) => log.error({ ...report, error }, 'a monthly report could not be made'),
      }),
    'measure-models': () => measureModels(db, modelGauges),
    'retain-domain-events': ({ signal }) => retainDomainEvents(db, { now: Date.now(), signal }),
    'retain-rows': ({ signal }) => applyRetention(database, Date.now(), { days, signal }),
    ...(months !== null && {
      'retain-partitions': async () => {
        const before = `${addMonths(monthOf(Date.now()), -months)}-01`
        const done = await archiveMonths(database, { before, folder: join(dataDir, 'archive'), nowMs: Date.now() })
        for (const { month, reason, warning } of done) {
          if (reason !== null) log.warn({ month, reason }, 'a month was not archived')
          if (warning !== null) log.warn({ month, warning }, 'trips were passed over in archiving a month')
        }
        return { archived: done }
      },
    }),
    'tell-silent-devices': ({ signal }) => tellSilentDevices(db, { channels, nowMs: Date.now(), signal }),
    'retain-notifications': async () => ({
      ...(await retainNotifications(db, { now: Date.now() })),
      ...(await retainDeliveries(db, Date.now())),
    }),
  }
}

/** What recurs of prices: periods are billed where there is a model, and days' roots published. */
function pricingJobs(
  { database: { db }, log }: RoleContext,
  { models, plans, issuer }: WorkerRole,
): Partial<Record<JobName, JobHandler>> {
  const failed = (policyId: string, error: unknown) => log.error({ policyId, error }, 'a policy could not be billed')
  const waits = (policyId: string, why: string) => log.info({ policyId, why }, 'a bill waits')
  return {
    ...(models && {
      'bill-periods': ({ signal }) => {
        const price = createPricePolicy({
          model: models.live,
          plans,
          issuer,
          rulings: rulingsOf,
          leftOut: leftOutTo(log),
        })
        return billDue(db, { price, nowMs: Date.now(), signal, failed, waits })
      },
    }),
    ...(issuer && {
      'publish-receipt-root': ({ signal }) => publishRoots(db, { issuer, nowMs: Date.now(), signal }),
    }),
  }
}

function createScoring({ live: model, shadows }: ModelShelf, { plans, issuer }: WorkerRole, log: Log) {
  const shadowFailed = (error: unknown) => log.warn({ error }, 'a model in the shadow could not score')
  return {
    risk: createRiskConsumer({ model, shadows, shadowFailed }),
    pricing: createPricingConsumer({ model, plans, issuer, rulings: rulingsOf, leftOut: leftOutTo(log) }),
  }
}
