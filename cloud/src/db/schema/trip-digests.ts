import { sql } from 'drizzle-orm'
import { bigint, customType, index, json, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

const moment = (name: string) => timestamp(name, { withTimezone: true })
const whole = (name: string) => bigint(name, { mode: 'number' })
/** A type of the migration 0830, written and read in SQL alone. */
const tripBins = customType<{ data: string }>({ dataType: () => 'trip_bin[]' })

/** What is read often of an ended trip's seconds, made of them once they have come (`trips/digest-trips.ts`). */
export const tripDigests = pgTable(
  'trip_digests',
  {
    tripId: text('trip_id').primaryKey(),
    /** The stretch of the log that it is of. */
    deviceId: text('device_id').notNull(),
    bootId: whole('boot_id').notNull(),
    firstSeq: whole('first_seq').notNull(),
    lastSeq: whole('last_seq').notNull(),
    startAt: moment('start_at').notNull(),
    endAt: moment('end_at').notNull(),
    /** When it is to be made; null once it was, and only then are the two below there. */
    dueAt: moment('due_at'),
    /** Points as `trips/digests.ts` packs them. */
    path: json('path').$type<(number | null)[][]>(),
    bins: tripBins('bins'),
  },
  (table) => [
    index('trip_digests_due_idx').on(table.dueAt).where(sql`${table.dueAt} IS NOT NULL`),
    index('trip_digests_start_at_idx').using('brin', table.startAt),
  ],
)
