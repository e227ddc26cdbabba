import { sql } from 'drizzle-orm'
import { bigint, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { drivers } from './people.ts'

/** What a driver is told on the pages, once an event. */
export const notifications = pgTable(
  'notifications',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    driverId: text('driver_id')
      .notNull()
      .references(() => drivers.id, { onDelete: 'cascade' }),
    eventId: bigint('event_id', { mode: 'number' }).notNull().unique(),
    kind: text('kind', { enum: ['safety_alert', 'premium_updated'] }).notNull(),
    data: jsonb('data').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    readAt: timestamp('read_at', { withTimezone: true }),
  },
  (table) => [
    index('notifications_driver_idx').on(table.driverId, table.id.desc()),
    index('notifications_unread_idx').on(table.driverId).where(sql`${table.readAt} IS NULL`),
    index('notifications_created_idx').on(table.createdAt),
  ],
)
