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

/** Domain events, written in the transaction that made them true. */
export const domainEvents = pgTable(
  'domain_events',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    type: text('type').notNull(),
    /** What it is about; events of one subject are handled in order. */
    subject: text('subject').notNull(),
    /** By the clock of who recorded it. */
    time: timestamp('time', { withTimezone: true }).notNull(),
    data: jsonb('data').notNull(),
    /** The same for all that one cause brought about: hash of a device's batch, or a UUID. */
    correlationId: text('correlation_id').notNull(),
    /** The event that brought this one about; it may be gone by now. */
    causedBy: bigint('caused_by', { mode: 'number' }),
    /** Brought about by background work: handled when nothing else is due by who has a background. */
    background: boolean('background').notNull().default(false),
    /** By the clock of the database: how long it waits is counted from here. */
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index('domain_events_correlation_idx').on(table.correlationId, table.id),
    index('domain_events_subject_idx').on(table.subject, table.id),
  ],
)

const deliveryStates = ['ready', 'queued', 'done', 'dead'] as const

/**
 * One row an event and consumer. Of a consumer and subject one is `ready` at most, and the others are `queued` behind it,
 * until they are handled (`done`) or given up (`dead`).
 */
export const domainDeliveries = pgTable(
  'domain_deliveries',
  {
    consumer: text('consumer').notNull(),
    eventId: bigint('event_id', { mode: 'number' })
      .notNull()
      .references(() => domainEvents.id),
    subject: text('subject').notNull(),
    state: text('state', { enum: deliveryStates }).notNull(),
    /** Of the event, where its consumer has a background, until something of its subject that is no background work waits behind it. */
    background: boolean('background').notNull().default(false),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: timestamp('next_attempt_at', { withTimezone: true }).notNull(),
    /** Why the last attempt failed; null while none has. */
    error: text('error'),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.consumer] }),
    uniqueIndex('domain_deliveries_ready_key').on(table.consumer, table.subject).where(sql`${table.state} = 'ready'`),
    index('domain_deliveries_due_idx')
      .on(table.consumer, table.background, table.nextAttemptAt, table.eventId)
      .where(sql`${table.state} = 'ready' AND ${table.nextAttemptAt} IS NOT NULL`),
    index('domain_deliveries_queued_idx')
      .on(table.consumer, table.subject, table.eventId)
      .where(sql`${table.state} = 'queued'`),
    index('domain_deliveries_background_idx')
      .on(table.consumer, table.subject)
      .where(sql`${table.background} AND ${table.state} IN ('ready', 'queued')`),
    index('domain_deliveries_dead_idx').on(table.eventId).where(sql`${table.state} = 'dead'`),
  ],
)

/** The road that events take, straight into the deliveries or by Kafka: one row, by which every process goes. */
export const domainBus = pgTable('domain_bus', {
  id: boolean('id').primaryKey().default(true),
  kind: text('kind', { enum: ['table', 'kafka'] }).notNull(),
})

/** Events that Kafka has not confirmed yet. */
export const domainRelay = pgTable('domain_relay', {
  eventId: bigint('event_id', { mode: 'number' })
    .primaryKey()
    .references(() => domainEvents.id),
})
