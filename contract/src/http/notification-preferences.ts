import { z } from 'zod'
import { notificationChannels, notificationKinds, notificationLanguages } from './notification-kinds.ts'

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day like 22:00')

/** An IANA time zone that this release knows. */
const TimeZone = z.string().max(64).refine(isTimeZone, 'expected a time zone like Europe/Berlin')

const channels = z.array(z.enum(notificationChannels)).max(notificationChannels.length)

/** How a driver wants to be told. What is urgent goes through quiet hours and is in no digest. */
export const NotificationPreferencesBody = z
  .object({
    language: z.enum(notificationLanguages),
    timeZone: TimeZone,
    /** By the clock of the time zone, over midnight where `from` is later; null: none. */
    quietHours: z
      .object({ from: clock, to: clock })
      .refine(({ from, to }) => from !== to, 'expected two different times')
      .nullable(),
    /** `daily`: e-mails that are not urgent come together, once a day. */
    digest: z.enum(['off', 'daily']),
    /** Channels by kind; the pages show every notification whatever stands here. */
    channels: z.object(
      Object.fromEntries(notificationKinds.map((kind) => [kind, channels])) as Record<
        (typeof notificationKinds)[number],
        typeof channels
      >,
    ),
    /** Kinds of which e-mails bring alone what is urgent: a link in one ended the others. */
    urgentByEmail: z.array(z.enum(notificationKinds)).max(notificationKinds.length).optional(),
  })
  .meta({ id: 'NotificationPreferencesBody' })
export type NotificationPreferencesBody = z.infer<typeof NotificationPreferencesBody>

/** The preferences, with the channels that the service has. */
export const NotificationPreferences = NotificationPreferencesBody.extend({
  offered: z.object({
    email: z.boolean(),
    /** The key for a browser's subscription, base64url; null where there is no web push. */
    pushKey: z.string().nullable(),
  }),
}).meta({ id: 'NotificationPreferences' })
export type NotificationPreferences = z.infer<typeof NotificationPreferences>

/** A browser's subscription, as `PushSubscription.toJSON()` has it. */
export const PushSubscriptionBody = z
  .object({
    endpoint: z.url({ protocol: /^https$/ }).max(1000),
    keys: z.object({
      p256dh: z.string().regex(/^[\w-]{87}=?$/, 'expected an uncompressed P-256 point in base64url'),
      auth: z.string().regex(/^[\w-]{22}={0,2}$/, 'expected 16 bytes in base64url'),
    }),
  })
  .meta({ id: 'PushSubscriptionBody' })
export type PushSubscriptionBody = z.infer<typeof PushSubscriptionBody>

export const PushSubscriptionId = z.string().regex(/^PSH-[0-9A-Z]{1,26}$/)
export const PushSubscription = z.object({ id: z.string() }).meta({ id: 'PushSubscription' })

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
