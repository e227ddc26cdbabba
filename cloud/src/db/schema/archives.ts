import { bigint, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** Files that months of `telematics_events` were written to; a part is final once its table is dropped. */
export const telematicsArchives = pgTable(
  'telematics_archives',
  {
    /** `YYYY-MM`, UTC. */
    month: text('month').notNull(),
    /** From 1; late data of a month that was dropped becomes the next. */
    part: integer('part').notNull(),
    /** Path as it was given when it was written. */
    file: text('file').notNull(),
    rows: bigint('row_count', { mode: 'number' }).notNull(),
    /** SHA-256 of the rows in the order of their key, hex (db/archive/content.ts). */
    contentHash: text('content_hash').notNull(),
    /** SHA-256 of the file, hex. */
    fileHash: text('file_hash').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    writtenAt: timestamp('written_at', { withTimezone: true }).notNull(),
    droppedAt: timestamp('dropped_at', { withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.month, table.part] })],
)
