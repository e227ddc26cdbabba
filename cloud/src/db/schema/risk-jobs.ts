import { riskJobStates } from '@fairmile/contract/http/risk-jobs.ts'
import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

const moment = (name: string) => timestamp(name, { withTimezone: true })

/** Many drivers scored anew at once: what was asked for, and how far it is. */
export const riskJobs = pgTable(
  'risk_jobs',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Null: all. */
    driverIds: text('driver_ids').array(),
    periodDays: integer('period_days').notNull(),
    batchSize: integer('batch_size').notNull(),
    requestedBy: text('requested_by').notNull(),
    state: text('state', { enum: riskJobStates }).notNull(),
    cancelAsked: boolean('cancel_asked').notNull().default(false),
    /** Who is at it, and until when nobody else takes it. */
    runner: text('runner'),
    leaseUntil: moment('lease_until'),
    /** How often it was taken without any batch done since. */
    attempts: integer('attempts').notNull().default(0),
    modelVersion: text('model_version'),
    /** Every driver up to this id is done. */
    afterId: text('after_id').notNull().default(''),
    total: integer('total').notNull(),
    scored: integer('scored').notNull().default(0),
    unchanged: integer('unchanged').notNull().default(0),
    unscored: integer('unscored').notNull().default(0),
    failed: integer('failed').notNull().default(0),
    error: text('error'),
    createdAt: moment('created_at').notNull().defaultNow(),
    startedAt: moment('started_at'),
    endedAt: moment('ended_at'),
  },
  (table) => [index('risk_jobs_open_idx').on(table.id).where(sql`${table.state} IN ('queued', 'running')`)],
)

/** Drivers of a job who could not be scored, and why. */
export const riskJobFailures = pgTable(
  'risk_job_failures',
  {
    jobId: bigint('job_id', { mode: 'number' })
      .notNull()
      .references(() => riskJobs.id, { onDelete: 'cascade' }),
    driverId: text('driver_id').notNull(),
    error: text('error').notNull(),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.driverId] })],
)
