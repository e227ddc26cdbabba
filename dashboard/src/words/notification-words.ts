import type { NotificationKind } from '@fairmile/contract/http/notification-kinds.ts'
import type { Notification } from '@fairmile/contract/http/notifications.ts'
import { tripPath } from '../controllers/routes.ts'
import { eventTitle } from './event-words.ts'
import { money } from './figures.ts'

/** What a notification says, and the page that it is about. */
export interface NotificationWords {
  title: string
  text: string
  path: string | null
}

/** Kinds as the settings name them. */
export const kindWords: Readonly<Record<NotificationKind, string>> = {
  welcome: 'Welcome',
  high_risk: 'High risk',
  premium_updated: 'Premium changed',
  safety_alert: 'Alerts from the car',
  contest_ruled: 'Rulings on contests',
  device_silent: 'Device is silent',
}

const rulings: Readonly<Record<string, string>> = {
  upheld: 'upheld: the event does not count',
  rejected: 'rejected: the event stays as it is',
  withdrawn: 'taken back',
}

/** Says a notification in words. */
export function notificationWords(notification: Notification): NotificationWords {
  const { kind, data } = notification
  switch (kind) {
    case 'welcome':
      return {
        title: 'Welcome to Fairmile',
        text: 'Your first trip appears minutes after the car has come to rest.',
        path: '/',
      }
    case 'high_risk':
      return {
        title: `Safety score below ${100 - data.limit}`,
        text: `It is ${100 - Math.round(data.risk)} of 100 now.`,
        path: '/score',
      }
    case 'premium_updated': {
      const now = money(data.premiumMinor, data.currency)
      const before = data.beforeMinor === null ? '' : `; it was ${money(data.beforeMinor, data.currency)}`
      return { title: before ? 'Premium changed' : 'First premium', text: `${now}${before}.`, path: '/price' }
    }
    case 'safety_alert':
      return {
        title: eventTitle(data.kind, data.band),
        text: 'The car has given an alert.',
        path: tripPath(data.tripId, data.eventId),
      }
    case 'contest_ruled':
      return {
        title: 'Contest ruled on',
        text: `${data.eventId} was ${rulings[data.ruling] ?? data.ruling}.`,
        path: null,
      }
    case 'device_silent':
      return {
        title: 'Device is silent',
        text: `${data.deviceId} was not heard for more than ${data.days} days. Check its power if the car was driven.`,
        path: null,
      }
  }
}
