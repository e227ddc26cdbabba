import { bands } from '@fairmile/contract/driving-event.ts'
import type { RewardFactor } from '@fairmile/contract/reward-catalogue.ts'
import type { TripStatistics } from '@fairmile/contract/trip.ts'

/** Whether a trip has an event that counts against something. */
export function hasFactor({ events }: Pick<TripStatistics, 'events'>, { kinds, band, grade }: RewardFactor): boolean {
  return events.some(
    (event) =>
      event.count > 0 &&
      event.grade === grade &&
      bands.indexOf(event.band) >= bands.indexOf(band) &&
      kinds.includes(event.kind),
  )
}
