import type { StoredDomainEvent } from '@fairmile/contract/domain-events/domain-event.ts'

/** Names of what answers depend on. */
export const tagOf = {
  /** All that is told of a driver. */
  driver: (driverId: string) => `driver:${driverId}`,
  trip: (tripId: string) => `trip:${tripId}`,
  /** The list of drivers. */
  drivers: 'drivers',
  /** The list of devices. */
  devices: 'devices',
  /** Who takes part in leader boards. */
  leaderBoards: 'leader-boards',
  /** Versions of models and where they stand. */
  models: 'models',
} as const

/** Told after a change was committed, before it is answered: nothing from before it is given again. */
export type Changed = (...tags: string[]) => Promise<void>

/** What a domain event makes stale. */
export function tagsOf(event: Pick<StoredDomainEvent, 'type' | 'data'>): string[] {
  const { type, data } = event as StoredDomainEvent
  switch (type) {
    case 'TripCompleted':
      return [tagOf.driver(data.driverId), ...(data.tripIds ?? [data.tripId]).map(tagOf.trip)]
    case 'DriverFeaturesUpdated':
    case 'RiskScoreCalculated':
    case 'PremiumUpdated':
    case 'PointsRedeemed':
    case 'RedemptionSettled':
    case 'PointsCorrected':
      return [tagOf.driver(data.driverId)]
    case 'PolicyChanged':
    case 'DriverUpdated':
      return [tagOf.driver(data.driverId), tagOf.drivers, tagOf.devices]
    case 'DriverCreated':
      return [tagOf.drivers, tagOf.driver(data.driverId)]
    case 'SafetyAlert':
      return [...(data.driverId === null ? [] : [tagOf.driver(data.driverId)]), tagOf.trip(data.alert.tripId)]
    case 'ContestOpened':
    case 'ContestRuled':
      return [tagOf.driver(data.driverId), tagOf.trip(data.tripId)]
    default:
      return []
  }
}
