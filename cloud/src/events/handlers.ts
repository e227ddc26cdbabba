import type { RatingPlan } from '@fairmile/contract/receipt.ts'
import type { LivePort } from '../live/fan-out.ts'
import { createPricingConsumer } from '../pricing/reprice.ts'
import type { DriverModel } from '../risk/driver-model.ts'
import { createScoreConsumer } from '../risk/score-consumer.ts'
import type { Handler } from './consumers.ts'
import { createLiveConsumer } from './live-consumer.ts'
import type { ConsumerName } from './subscriptions.ts'

interface HandlerOptions {
  /** Null where there is none: scores and prices then wait, and are made once there is one. */
  readonly model: DriverModel | null
  readonly plans: ReadonlyMap<string, RatingPlan>
  readonly live: LivePort
}

/** What handles the domain events in this process, by consumer. */
export function createHandlers({ model, plans, live }: HandlerOptions): Partial<Record<ConsumerName, Handler>> {
  return {
    ...(model && { risk: createScoreConsumer({ model }), pricing: createPricingConsumer({ model, plans }) }),
    live: createLiveConsumer({ live }),
  }
}
