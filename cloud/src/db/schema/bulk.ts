import { bulkActions, itemStates, runStates } from '@fairmile/contract/http/bulk.ts'
import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { riskJobs } from './risk-jobs.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })

/** Changes of many things at once, from their preview on; ids look like `BLK-…`. */
export const bulkRuns = pgTable(
  'bulk_runs',
  {
    id: text('id').primaryKey(),
    action: text('action', { enum: bulkActions }).notNull(),
    /** The selection and what to do, as it was asked for. */
    body: jsonb('body').notNull(),
    state: text('state', { enum: runStates }).notNull(),
    /** E-mail address of the admin, who alone may start it. */
    previewedBy: text('previewed_by').notNull(),
    previewedAt: moment('previewed_at').notNull(),
    startedAt: moment('started_at'),
    endedAt: moment('ended_at'),
    /** The risk job that does its things together; null where they are done one by one. */
    jobId: bigint('job_id', { mode: 'number' }).references(() => riskJobs.id, { onDelete: 'set null' }),
  },
  (table) => [
    uniqueIndex('bulk_runs_job_id_key').on(table.jobId).where(sql`${table.jobId} IS NOT NULL`),
    index('bulk_runs_open_idx')
      .on(table.startedAt)
      .where(sql`${table.state} = 'waiting' OR ${table.state} = 'running'`),
    index('bulk_runs_previewed_at_idx').on(table.previewedAt),
  ],
)

/** What is to change, as it was seen, and what became of it. */
export const bulkItems = pgTable(
  'bulk_items',
  {
    runId: text('run_id')
      .notNull()
      .references(() => bulkRuns.id, { onDelete: 'cascade' }),
    place: integer('place').notNull(),
    itemId: text('item_id').notNull(),
    label: text('label').notNull(),
    change: text('change').notNull(),
    warning: text('warning'),
    /** Everything that the change rests on, as it was seen. */
    version: text('version').notNull(),
    state: text('state', { enum: itemStates }).notNull().default('waiting'),
    detail: text('detail'),
  },
  (table) => [primaryKey({ columns: [table.runId, table.place] })],
)
