import type { PlanSimulation } from '@fairmile/contract/http/plans.ts'
import { planStates } from '@fairmile/contract/http/plans.ts'
import { sql } from 'drizzle-orm'
import { bigint, date, doublePrecision, index, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

const moment = (name: string) => timestamp(name, { withTimezone: true })

/** Rating plans; the database holds that what was approved never changes, and that two people approved it. */
export const ratingPlans = pgTable('rating_plans', {
  id: text('id').primaryKey(),
  version: text('version').notNull(),
  title: text('title').notNull(),
  /** Canonical JSON, and its SHA-256 in hex. */
  body: text('body').notNull(),
  hash: text('hash').notNull(),
  /** Judged kilometres from which on the plan goes by a score: of the body. */
  minimumScoredKm: doublePrecision('minimum_scored_km')
    .notNull()
    .generatedAlwaysAs(sql`coalesce((body::jsonb #>> '{relativity,minimumScoredM}')::double precision, 0) / 1000`),
  state: text('state', { enum: planStates }).notNull(),
  effectiveFrom: date('effective_from').notNull(),
  effectiveUntil: date('effective_until'),
  /** E-mail addresses of admins, or `release`. */
  createdBy: text('created_by').notNull(),
  createdAt: moment('created_at').notNull(),
  approvedBy: text('approved_by'),
  approvedAt: moment('approved_at'),
  /** What it would do to the portfolio, the newest; null before it was simulated. */
  simulation: jsonb('simulation').$type<PlanSimulation>(),
  simulatedAt: moment('simulated_at'),
  /** The one that the approval rested on; null before it, and for plans of the release. */
  approvedSimulation: jsonb('approved_simulation').$type<PlanSimulation>(),
})

/** What was done with plans, by whom and why; never changed. */
export const ratingPlanChanges = pgTable(
  'rating_plan_changes',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    planId: text('plan_id')
      .notNull()
      .references(() => ratingPlans.id),
    action: text('action', { enum: ['submitted', 'simulated', 'approved', 'withdrawn'] }).notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: moment('changed_at').notNull(),
    note: text('note').notNull(),
    hash: text('hash').notNull(),
    /** Ids of users who may have been at the log-in; null for the release, the command line without one, and before it was kept. */
    hands: text('hands').array(),
  },
  (table) => [index('rating_plan_changes_plan_idx').on(table.planId, table.id)],
)
