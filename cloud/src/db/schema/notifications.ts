import { notificationKinds } from '@fairmile/contract/http/notification-kinds.ts'
import { sql } from 'drizzle-orm'
import { bigint, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { drivers } from './people.ts'

/** What a driver, or the admins, are told on the pages: once an event or occasion. */
export const notifications = pgTable(
  'notifications',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Null: told to the admins. */
    driverId: text('driver_id').references(() => drivers.id, { onDelete: 'cascade' }),
    /** The domain event that it tells of; null where an occasion is named. */
    eventId: bigint('event_id', { mode: 'number' }).unique('notifications_event_id_key'),
    occasion: text('occasion').unique('notifications_occasion_key'),
    kind: text('kind', { enum: notificationKinds }).notNull(),
    data: jsonb('data').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    readAt: timestamp('read_at', { withTimezone: true }),
  },
  (table) => [
    index('notifications_driver_idx').on(table.driverId, table.id.desc().nullsFirst()),
    index('notifications_unread_idx').on(table.driverId).where(sql`${table.readAt} IS NULL`),
    index('notifications_created_idx').on(table.createdAt),
    index('notifications_admins_idx').on(table.id.desc().nullsFirst()).where(sql`${table.driverId} IS NULL`),
  ],
)
