import type { DomainEventType } from '@fairmile/contract/domain-events/domain-event.ts'

/** Who handles what: a delivery row is written for each of these when an event is recorded, or comes by the bus. */
export const subscriptions = {
  TripCompleted: ['risk', 'statistics', 'rewards', 'notification', 'cache', 'webhook'],
  DriverFeaturesUpdated: ['cache', 'webhook'],
  RiskScoreCalculated: ['pricing', 'live', 'notification', 'cache', 'webhook'],
  PremiumUpdated: ['live', 'notification', 'cache', 'webhook'],
  DriverCreated: ['notification', 'cache', 'webhook'],
  DriverUpdated: ['cache', 'webhook'],
  SafetyAlert: ['notification', 'cache', 'webhook'],
  ContestOpened: ['cache', 'webhook'],
  ContestRuled: ['notification', 'cache', 'webhook'],
  PointsRedeemed: ['cache', 'webhook'],
  RedemptionSettled: ['notification', 'cache', 'webhook'],
  PolicyChanged: ['notification', 'cache', 'webhook'],
  PointsCorrected: ['notification', 'cache', 'webhook'],
} as const satisfies Record<DomainEventType, readonly string[]>

export type ConsumerName = (typeof subscriptions)[DomainEventType][number]

/** Who handles what background work brings about behind all else: a price takes some milliseconds. To the others one event is as dear as another. */
export const backgroundConsumers: readonly ConsumerName[] = ['pricing']

/** The table above as rows of consumer and type, and whether the consumer has a background, for SQL. */
export const subscriptionRows = Object.entries(subscriptions).flatMap(([type, consumers]) =>
  consumers.map((consumer) => ({ type, consumer, background: backgroundConsumers.includes(consumer) })),
)
