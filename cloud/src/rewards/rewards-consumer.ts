import type { RewardCatalogue } from '@fairmile/contract/reward-catalogue.ts'
import type { Handler } from '../events/consumers.ts'
import { settleDriver } from './settle.ts'

/** Settles a driver's rewards after each trip that ended, changed, came late or was given to another. */
export function createRewardsConsumer({
  catalogue,
  now = Date.now,
}: {
  catalogue: RewardCatalogue
  now?: () => number
}): Handler {
  return async (tx, event) => {
    if (event.type === 'TripCompleted') await settleDriver(tx, { driverId: event.data.driverId, catalogue, now: now() })
  }
}
