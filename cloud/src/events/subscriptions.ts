import type { DomainEventType } from './domain-event.ts'

/** Who handles what: a delivery row is written for each of these when an event is recorded. */
export const subscriptions = {
  TripCompleted: ['risk', 'statistics'],
  RiskScoreCalculated: ['pricing', 'live'],
  PremiumUpdated: ['live'],
  DriverCreated: [],
  SafetyAlert: [],
} as const satisfies Record<DomainEventType, readonly string[]>

export type ConsumerName = (typeof subscriptions)[DomainEventType][number]
