import type { DeadDelivery } from '@fairmile/contract/http/deliveries.ts'
import type { NotificationAttempt, NotificationDelivery } from '@fairmile/contract/http/notification-deliveries.ts'
import type { CreatedWebhook, RenewedSecret, Webhook } from '@fairmile/contract/http/webhooks.ts'

const iso = (hour: number, minute = 0): string => new Date(Date.UTC(2026, 10, 28, hour, minute)).toISOString()

export const sampleWebhooks: readonly Webhook[] = [
  {
    ...{ id: 'WHK-4K7ZQ2M9XA', url: 'https://hooks.example.org/fairmile', enabled: true },
    ...{ eventTypes: ['PremiumUpdated', 'SafetyAlert'], createdAt: iso(8) },
  },
  {
    ...{ id: 'WHK-9P3NT6W1YB', url: 'https://claims.example.com/in/telematics?tenant=north', enabled: false },
    ...{ eventTypes: ['ContestOpened', 'ContestRuled', 'TripCompleted'], createdAt: iso(9, 30) },
  },
]
export const sampleCreatedWebhook: CreatedWebhook = {
  ...{ id: 'WHK-1D5HR8V3KC', url: 'https://new.example.org/hook', enabled: true, eventTypes: ['TripCompleted'] },
  ...{ createdAt: iso(17), secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
}

export const sampleRenewedSecret: RenewedSecret = {
  id: sampleWebhooks[0]!.id,
  secret: 'whsec_Vq2n8Jc0YtXw5RkHs1LbPzGdUeFoAiM3',
  previousUntil: iso(17),
}

export const sampleAttempts: readonly NotificationAttempt[] = [
  { deliveryId: '812', eventId: '40312', attempt: 1, at: iso(17, 20), outcome: 'sent', error: null },
  { deliveryId: '807', eventId: '40290', attempt: 2, at: iso(16, 4), outcome: 'sent', error: null },
  { deliveryId: '807', eventId: '40290', attempt: 1, at: iso(16, 3), outcome: 'retry', error: 'it answered 503' },
  { deliveryId: '790', eventId: '40111', attempt: 10, at: iso(11), outcome: 'dead', error: 'no answer within 10 s' },
]

const tripCompleted: DeadDelivery['event'] = {
  ...{ specversion: '1.0', id: '40290', source: 'urn:fairmile:cloud', type: 'fairmile.TripCompleted.v1' },
  ...{ subject: 'DRV-0001', time: iso(16), datacontenttype: 'application/json' },
  ...{
    dataschema: 'urn:fairmile:domain-event:TripCompleted:v1',
    correlationid: '7c0f0b4e-7f5e-4a39-a1e9-3c8a9d1f2b10',
  },
  data: {
    ...{ tripId: 'TRP-8F3K2M7Q9R', deviceId: 'DEV-0001', driverId: 'DRV-0001', policyId: 'POL-0001', version: 1 },
    ...{ startAt: Date.UTC(2026, 10, 28, 15), endAt: Date.UTC(2026, 10, 28, 16) },
  },
}
export const sampleDeadDeliveries: readonly DeadDelivery[] = [
  {
    ...{ consumer: 'risk', state: 'dead', attempts: 12, nextAttemptAt: iso(16, 30) },
    ...{ error: 'scoring "DRV-0001": the trees and the engine differ by 0.02', event: tripCompleted },
  },
]

export const sampleDeadNotifications: readonly NotificationDelivery[] = [
  {
    ...{ id: '790', channel: 'webhook', target: 'WHK-4K7ZQ2M9XA', notificationId: null, eventId: '40111' },
    ...{
      passwordLink: false,
      state: 'dead',
      attempts: 10,
      nextAttemptAt: iso(11),
      createdAt: iso(7),
      settledAt: iso(11),
    },
    error: 'no answer within 10 s',
  },
  {
    ...{ id: '655', channel: 'email', target: 'USR-0004', notificationId: '311', eventId: null },
    ...{ passwordLink: false, state: 'dead', attempts: 1, nextAttemptAt: iso(6), createdAt: iso(6), settledAt: iso(6) },
    error: '550 5.1.1 no such mailbox',
  },
]
