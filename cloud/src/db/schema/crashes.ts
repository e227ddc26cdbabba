import type { CrashFacts, CrashRecord } from '@fairmile/contract/crash.ts'
import { integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** What the IMU said around a crash, a stretch a row. */
export const crashRecords = pgTable(
  'crash_records',
  {
    eventId: text('event_id').notNull(),
    /** Milliseconds from the crash to the first reading. */
    fromMs: integer('from_ms').notNull(),
    deviceId: text('device_id').notNull(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    facts: jsonb('facts').$type<CrashFacts>().notNull(),
    imu: jsonb('imu').$type<CrashRecord['imu']>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.eventId, table.fromMs] })],
)
