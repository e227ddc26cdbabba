/** Everything that a person may be told of; a page and a template have words for each. */
export const notificationKinds = [
  'welcome',
  'high_risk',
  'premium_updated',
  'safety_alert',
  'contest_ruled',
  'trip_assigned',
  'redemption_settled',
  'policy_changed',
  'points_corrected',
  'device_silent',
] as const
export type NotificationKind = (typeof notificationKinds)[number]

/** Ways to a person beside the pages. */
export const notificationChannels = ['email', 'push'] as const
export type NotificationChannel = (typeof notificationChannels)[number]

/** Languages that there are words in. */
export const notificationLanguages = ['en', 'de'] as const
export type NotificationLanguage = (typeof notificationLanguages)[number]
