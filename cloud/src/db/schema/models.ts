import { stages } from '@fairmile/models/scoring/stages.ts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  doublePrecision,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

const moment = (name: string) => timestamp(name, { withTimezone: true }).notNull()

/** Versions of models and where they stand; at most one of a name is live. */
export const modelVersions = pgTable(
  'model_versions',
  {
    name: text('name').notNull(),
    version: text('version').notNull(),
    stage: text('stage', { enum: stages }).notNull(),
    since: moment('since'),
    changedBy: text('changed_by').notNull(),
    note: text('note').notNull(),
    /** SHA-256 of `manifest.json`, hex: what the version was when it was last looked at; null where it could not be read. */
    manifestHash: text('manifest_hash'),
  },
  (table) => [
    primaryKey({ columns: [table.name, table.version] }),
    uniqueIndex('model_versions_one_live').on(table.name).where(sql`${table.stage} = 'live'`),
  ],
)

/** Every change of a stage; `fromStage` is null where a version was taken in. */
export const modelStageChanges = pgTable(
  'model_stage_changes',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    name: text('name').notNull(),
    version: text('version').notNull(),
    fromStage: text('from_stage', { enum: stages }),
    toStage: text('to_stage', { enum: stages }).notNull(),
    changedAt: moment('changed_at'),
    changedBy: text('changed_by').notNull(),
    note: text('note').notNull(),
  },
  (table) => [
    foreignKey({
      columns: [table.name, table.version],
      foreignColumns: [modelVersions.name, modelVersions.version],
    }),
  ],
)

/** What a version in the shadow would have said, beside the score that counted. */
export const shadowScores = pgTable(
  'shadow_scores',
  {
    /** The domain event that both were asked for by. */
    eventId: bigint('event_id', { mode: 'number' }).notNull(),
    modelName: text('model_name').notNull(),
    modelVersion: text('model_version').notNull(),
    driverId: text('driver_id').notNull(),
    calculatedAt: moment('calculated_at'),
    risk: doublePrecision('risk').notNull(),
    margin: doublePrecision('margin').notNull(),
    relativity: doublePrecision('relativity').notNull(),
    liveVersion: text('live_version').notNull(),
    liveRisk: doublePrecision('live_risk').notNull(),
    liveMargin: doublePrecision('live_margin').notNull(),
    /** By name; null is unknown. */
    features: jsonb('features').$type<Record<string, number | null>>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.modelName, table.modelVersion] }),
    index('shadow_scores_calculated_at_idx').on(table.modelName, table.modelVersion, table.calculatedAt),
  ],
)
