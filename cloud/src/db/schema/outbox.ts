import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** Domain events, written in the transaction that made them true. */
export const domainEvents = pgTable('domain_events', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  type: text('type').notNull(),
  /** What it is about; events of one subject are handled in order. */
  subject: text('subject').notNull(),
  time: timestamp('time', { withTimezone: true }).notNull(),
  data: jsonb('data').notNull(),
})

/** One row an event and consumer: pending until handled (`done`) or given up (`dead`). */
export const domainDeliveries = pgTable(
  'domain_deliveries',
  {
    consumer: text('consumer').notNull(),
    eventId: bigint('event_id', { mode: 'number' })
      .notNull()
      .references(() => domainEvents.id),
    subject: text('subject').notNull(),
    state: text('state', { enum: ['pending', 'done', 'dead'] })
      .notNull()
      .default('pending'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: timestamp('next_attempt_at', { withTimezone: true }).notNull(),
    /** Why the last attempt failed; null while none has. */
    error: text('error'),
  },
  (table) => [
    primaryKey({ columns: [table.consumer, table.eventId] }),
    index('domain_deliveries_pending_idx')
      .on(table.consumer, table.subject, table.eventId)
      .where(sql`${table.state} = 'pending'`),
  ],
)
