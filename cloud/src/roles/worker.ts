import type { RatingPlan } from '@fairmile/contract/receipt.ts'
import { ensurePartitions, monthsFrom } from '../db/partitions.ts'
import { createConsumers } from '../events/consumers.ts'
import { measureLag } from '../events/lag.ts'
import { createLiveConsumer } from '../events/live-consumer.ts'
import type { Log } from '../log.ts'
import { createPricingConsumer } from '../pricing/reprice.ts'
import type { ModelGauges } from '../registry/gauges.ts'
import { measureModels } from '../registry/measure-models.ts'
import type { ModelShelf } from '../registry/shelf.ts'
import { createRiskConsumer } from '../risk/rescore.ts'
import { createStatisticsConsumer } from '../trips/driver-statistics.ts'
import { createTripWork } from '../trips/trip-work.ts'
import { createTripWorkCounters } from '../trips/trip-work-counters.ts'
import type { RoleContext } from './role.ts'

/** How often the months ahead are made sure of: a day is early enough for two months. */
const partitionsEveryMs = 24 * 3600 * 1000
/** How often the waiting domain events are counted for the metrics. */
const lagEveryMs = 15_000
/** How often drift and agreement are measured: they are matters of days. */
const modelsEveryMs = 3600 * 1000
/** How often trips are looked at whose telematics or records came; they had minutes to come anyway. */
const tripsEveryMs = 10_000

interface WorkerRole {
  readonly models: ModelShelf | null
  readonly modelGauges: ModelGauges
  readonly plans: ReadonlyMap<string, RatingPlan>
}

/** Starts the consumers of domain events and what recurs; gives the call that wakes the consumers. */
export function startWorker(context: RoleContext, { models, modelGauges, plans }: WorkerRole): () => void {
  const { database, metrics, hub, log, parts } = context
  const { db } = database
  const handlers = {
    live: createLiveConsumer({ live: hub }),
    statistics: createStatisticsConsumer(),
    ...(models && createScoring(models, plans, log)),
  }
  const consumers = createConsumers({ db, handlers, metrics, log })
  consumers.start()
  parts.defer(() => consumers.stop())
  repeat(parts, partitionsEveryMs, () => ensurePartitions(database, monthsFrom(Date.now())), log)
  repeat(parts, lagEveryMs, () => measureLag(db, metrics), log)
  repeat(parts, modelsEveryMs, () => measureModels(db, modelGauges), log)
  const tripWork = createTripWork({ db, counters: createTripWorkCounters(metrics.registry), log })
  repeat(parts, tripsEveryMs, tripWork, log)
  return consumers.wake
}

function createScoring({ live: model, shadows }: ModelShelf, plans: WorkerRole['plans'], log: Log) {
  const shadowFailed = (error: unknown) => log.warn({ error }, 'a model in the shadow could not score')
  return {
    risk: createRiskConsumer({ model, shadows, shadowFailed }),
    pricing: createPricingConsumer({ model, plans }),
  }
}

function repeat(parts: AsyncDisposableStack, everyMs: number, work: () => Promise<unknown>, log: Log): void {
  const timer = setInterval(() => work().catch((error) => log.warn({ error }, 'recurring work failed')), everyMs)
  parts.defer(() => clearInterval(timer))
}
