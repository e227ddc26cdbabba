import type { NotificationChannel, NotificationKind } from '@fairmile/contract/http/notification-kinds.ts'
import type { Told } from '@fairmile/contract/http/notifications.ts'

/** How people are told of a kind; all of it is on the pages too. */
interface Kind {
  /** Goes through quiet hours and is in no digest: always, never, or for alerts of these kinds. */
  readonly urgent: boolean | { readonly alerts: readonly string[] }
  /** Channels to a driver who has not chosen others. */
  readonly driver: readonly NotificationChannel[]
  /** Channels to each admin, where admins are told. */
  readonly admin: readonly NotificationChannel[]
}

/** Every kind of notification: who is told by which channel, and what cannot wait. */
export const kinds: Readonly<Record<NotificationKind, Kind>> = {
  welcome: { urgent: false, driver: ['email'], admin: [] },
  high_risk: { urgent: false, driver: ['email', 'push'], admin: [] },
  premium_updated: { urgent: false, driver: ['email', 'push'], admin: [] },
  safety_alert: { urgent: { alerts: ['crash'] }, driver: ['push'], admin: [] },
  contest_ruled: { urgent: false, driver: ['email', 'push'], admin: [] },
  trip_assigned: { urgent: false, driver: ['email', 'push'], admin: [] },
  redemption_settled: { urgent: false, driver: ['email', 'push'], admin: [] },
  policy_changed: { urgent: false, driver: ['email', 'push'], admin: [] },
  points_corrected: { urgent: false, driver: ['email', 'push'], admin: [] },
  device_silent: { urgent: false, driver: ['email', 'push'], admin: ['email'] },
}

/** Days without a word after which a device that has driven counts as silent. */
export const silentDays = 7

/** Whether a message cannot wait. */
export function isUrgent(told: Told): boolean {
  const { urgent } = kinds[told.kind]
  if (typeof urgent === 'boolean') return urgent
  return told.kind === 'safety_alert' && urgent.alerts.includes(told.data.kind)
}
