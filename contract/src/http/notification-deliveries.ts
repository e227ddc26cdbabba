import { z } from 'zod'

export const deliveryChannels = ['email', 'push', 'webhook'] as const
export type DeliveryChannel = (typeof deliveryChannels)[number]

/** `ready`: due, or waiting for its time; `dead`: given up; `dropped`: not wanted any more, or nobody is there. */
export const deliveryStates = ['ready', 'sent', 'dead', 'dropped'] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** One message to one address by one channel, and how it stands. */
export const NotificationDelivery = z
  .object({
    id: z.string(),
    channel: z.enum(deliveryChannels),
    /** A log-in (`USR-…`), a browser (`PSH-…`) or a webhook (`WHK-…`). */
    target: z.string(),
    /** Of the notification; null for a webhook and a password link. */
    notificationId: z.string().nullable(),
    /** Of the domain event; null where none caused it. */
    eventId: z.string().nullable(),
    /** It carries a link by which its reader sets a password. The link itself is in the mail alone. */
    passwordLink: z.boolean(),
    state: z.enum(deliveryStates),
    attempts: z.int(),
    nextAttemptAt: z.iso.datetime(),
    createdAt: z.iso.datetime(),
    settledAt: z.iso.datetime().nullable(),
    /** Why the last attempt failed; null where none did. */
    error: z.string().nullable(),
  })
  .meta({ id: 'NotificationDelivery' })
export type NotificationDelivery = z.infer<typeof NotificationDelivery>

export const DeliveryFilter = z.object({
  state: z.enum(deliveryStates).default('dead'),
  channel: z.enum(deliveryChannels).optional(),
})
export type DeliveryFilter = z.infer<typeof DeliveryFilter>

/** Which dead deliveries are to be tried again; without ids the oldest first. */
export const ReplayNotificationsBody = z
  .object({
    channel: z.enum(deliveryChannels).optional(),
    ids: z
      .array(z.string().regex(/^\d{1,15}$/))
      .min(1)
      .max(1000)
      .optional(),
    limit: z.int().min(1).max(1000).default(100),
  })
  .meta({ id: 'ReplayNotificationsBody' })
export type ReplayNotificationsBody = z.infer<typeof ReplayNotificationsBody>

/** One try of a delivery. */
export const NotificationAttempt = z
  .object({
    deliveryId: z.string(),
    eventId: z.string().nullable(),
    attempt: z.int(),
    at: z.iso.datetime(),
    outcome: z.enum(['sent', 'retry', 'dead', 'dropped']),
    error: z.string().nullable(),
  })
  .meta({ id: 'NotificationAttempt' })
export type NotificationAttempt = z.infer<typeof NotificationAttempt>
