import { deliveryChannels, deliveryStates } from '@fairmile/contract/http/notification-deliveries.ts'
import type { NotificationPreferencesBody } from '@fairmile/contract/http/notification-preferences.ts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { notifications } from './notifications.ts'
import { drivers } from './people.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })
const driverId = () => text('driver_id').references(() => drivers.id, { onDelete: 'cascade' })

/** How a driver wants to be told; without a row by the defaults. */
export const notificationPreferences = pgTable('notification_preferences', {
  driverId: driverId().primaryKey(),
  preferences: jsonb('preferences').$type<NotificationPreferencesBody>().notNull(),
  updatedAt: moment('updated_at').notNull(),
})

/** Browsers that take a driver's pushes. */
export const pushSubscriptions = pgTable(
  'push_subscriptions',
  {
    id: text('id').primaryKey(),
    driverId: driverId().notNull(),
    endpoint: text('endpoint').notNull().unique('push_subscriptions_endpoint_key'),
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [index('push_subscriptions_driver_idx').on(table.driverId, table.createdAt)],
)

/** Addresses that are told of domain events. */
export const webhooks = pgTable('webhooks', {
  id: text('id').primaryKey(),
  url: text('url').notNull(),
  eventTypes: text('event_types').array().notNull(),
  /** `whsec_` and base64: it signs, so it is kept as it is. */
  secret: text('secret').notNull(),
  /** The one before it signs too until `previousUntil`; both null where there is none. */
  previousSecret: text('previous_secret'),
  previousUntil: moment('previous_until'),
  enabled: boolean('enabled').notNull(),
  createdAt: moment('created_at').notNull(),
})

/** One message to one address by one channel. */
export const notificationDeliveries = pgTable(
  'notification_deliveries',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    channel: text('channel', { enum: deliveryChannels }).notNull(),
    /** Id of a log-in, a push subscription or a webhook: its address is read when it is sent. */
    target: text('target').notNull(),
    notificationId: bigint('notification_id', { mode: 'number' }).references(() => notifications.id, {
      onDelete: 'cascade',
    }),
    eventId: bigint('event_id', { mode: 'number' }),
    /** The link by which its reader sets a password; it may be gone by now. */
    passwordLinkId: bigint('password_link_id', { mode: 'number' }),
    /** Waits for the digest. */
    digest: boolean('digest').notNull(),
    /** Ties those that go out in one message together: the id of the first; null until they are taken. */
    digestId: bigint('digest_id', { mode: 'number' }),
    state: text('state', { enum: deliveryStates }).notNull(),
    attempts: integer('attempts').notNull(),
    nextAttemptAt: moment('next_attempt_at').notNull(),
    createdAt: moment('created_at').notNull(),
    settledAt: moment('settled_at'),
    error: text('error'),
  },
  (table) => [
    uniqueIndex('notification_deliveries_message_key').on(table.notificationId, table.channel, table.target),
    uniqueIndex('notification_deliveries_event_key').on(table.eventId, table.target),
    index('notification_deliveries_due_idx')
      .on(table.channel, table.nextAttemptAt, table.id)
      .where(sql`${table.state} = 'ready'`),
    index('notification_deliveries_digest_idx')
      .on(table.target, table.id)
      .where(sql`${table.state} = 'ready' AND ${table.digest}`),
    index('notification_deliveries_state_idx').on(table.state, table.id.desc().nullsFirst()),
    index('notification_deliveries_target_idx').on(table.target, table.id.desc().nullsFirst()),
    index('notification_deliveries_settled_idx').on(table.settledAt).where(sql`${table.state} <> 'ready'`),
  ],
)

/** Every try of a delivery. */
export const notificationAttempts = pgTable(
  'notification_attempts',
  {
    deliveryId: bigint('delivery_id', { mode: 'number' })
      .notNull()
      .references(() => notificationDeliveries.id, { onDelete: 'cascade' }),
    attempt: integer('attempt').notNull(),
    at: moment('at').notNull(),
    outcome: text('outcome', { enum: ['sent', 'retry', 'dead', 'dropped'] }).notNull(),
    error: text('error'),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.at] })],
)
