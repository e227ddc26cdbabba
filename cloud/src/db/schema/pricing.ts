import { sql } from 'drizzle-orm'
import {
  bigint,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { bytea } from './bytea.ts'
import { policies } from './people.ts'

/** A reason as it is stored with a score: see the contract's `ScoreReason`. */
export interface StoredReason {
  feature: string
  text: string
  value: number | null
  unit: string
  shap: number
  direction: 'raises' | 'lowers'
}

/** Every version of every driver's risk score; of the standard period the highest is the one that is shown. */
export const scores = pgTable(
  'scores',
  {
    driverId: text('driver_id').notNull(),
    version: integer('version').notNull(),
    /** The domain event that asked for it, one score an event; or the job, one score a job and driver. */
    eventId: bigint('event_id', { mode: 'number' }),
    jobId: bigint('job_id', { mode: 'number' }),
    /** The trip whose end or change caused it. */
    tripId: text('trip_id'),
    calculatedAt: timestamp('calculated_at', { withTimezone: true }).notNull(),
    risk: doublePrecision('risk').notNull(),
    riskLow: doublePrecision('risk_low').notNull(),
    riskHigh: doublePrecision('risk_high').notNull(),
    /** Raw margin of the model, natural log of the claim frequency without exposure. */
    margin: doublePrecision('margin').notNull(),
    relativity: doublePrecision('relativity').notNull(),
    exposureKm: doublePrecision('exposure_km').notNull(),
    /** Kilometres of them on which events could be graded; 0 for scores of before it was kept. */
    judgedKm: doublePrecision('judged_km').notNull().default(0),
    trips: integer('trips').notNull(),
    periodDays: integer('period_days').notNull(),
    modelName: text('model_name').notNull(),
    modelVersion: text('model_version').notNull(),
    /** SHA-256 of the model's trees, hex. */
    modelHash: text('model_hash').notNull(),
    /** By name; null is unknown. Null where the two rows below are all there is: `readScore` reads either. */
    features: jsonb('features').$type<Record<string, number | null>>(),
    reasons: jsonb('reasons').$type<StoredReason[]>(),
    /** The features of the model's columns, 32 bits each, and their parts of the margin, 64 bits each; null in older scores. */
    featureRow: bytea('feature_row'),
    shapRow: bytea('shap_row'),
  },
  (table) => [
    primaryKey({ columns: [table.driverId, table.version] }),
    uniqueIndex('scores_event_id_key').on(table.eventId),
    index('scores_calculated_at_idx').on(table.calculatedAt),
    uniqueIndex('scores_job_driver_key').on(table.jobId, table.driverId).where(sql`${table.jobId} IS NOT NULL`),
  ],
)

/** What the numbers of a model's scores are, for when the model itself is gone. */
export const scoreColumns = pgTable('score_columns', {
  modelHash: text('model_hash').primaryKey(),
  names: text('names').array().notNull(),
  base: doublePrecision('base').notNull(),
  portfolioMargin: doublePrecision('portfolio_margin').notNull(),
})

/** What receipts of a policy tell of a trip: once for each text, as they tell nearly the same trips again and again. */
export const receiptTrips = pgTable(
  'receipt_trips',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    policyId: text('policy_id')
      .notNull()
      .references(() => policies.id),
    /** SHA-256 of `told`. */
    digest: bytea('digest').notNull(),
    /** Canonical JSON. */
    told: text('told').notNull(),
  },
  (table) => [unique('receipt_trips_policy_id_digest_key').on(table.policyId, table.digest)],
)

/** Receipts as they were issued: canonical JSON, kept byte for byte with its hash. */
export const receipts = pgTable(
  'receipts',
  {
    id: text('id').primaryKey(),
    policyId: text('policy_id')
      .notNull()
      .references(() => policies.id),
    driverId: text('driver_id').notNull(),
    issuedAt: timestamp('issued_at', { withTimezone: true }).notNull(),
    /** Canonical JSON; without its trips where `tripsAt` is given. */
    stem: text('body').notNull(),
    /** Characters of the stem before them. */
    tripsAt: integer('trips_at'),
    /** Of `receiptTrips`, in their order. */
    tripIds: bigint('trip_ids', { mode: 'number' }).array(),
    /** SHA-256 of the whole text, hex. */
    hash: text('hash').notNull(),
    /** That of the receipt, hex; null for receipts of the first format, which are in no tree. */
    salt: text('salt'),
    /** The day whose tree it is in; null until that is published. */
    rootDay: date('root_day'),
  },
  (table) => [
    index('receipts_driver_id_idx').on(
      table.driverId,
      table.issuedAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index('receipts_unrooted_idx')
      .on(table.issuedAt)
      .where(sql`${table.salt} IS NOT NULL AND ${table.rootDay} IS NULL`),
    index('receipts_root_day_idx').on(table.rootDay, table.id).where(sql`${table.rootDay} IS NOT NULL`),
  ],
)

/** Every version of every policy's premium; money in minor units, shares in parts per million. */
export const premiums = pgTable(
  'premiums',
  {
    policyId: text('policy_id')
      .notNull()
      .references(() => policies.id),
    version: integer('version').notNull(),
    /** The domain event that asked for it: one premium an event and policy. Null where a bill or a change of the policy did. */
    eventId: bigint('event_id', { mode: 'number' }),
    driverId: text('driver_id').notNull(),
    receiptId: text('receipt_id')
      .notNull()
      .references(() => receipts.id),
    calculatedAt: timestamp('calculated_at', { withTimezone: true }).notNull(),
    planId: text('plan_id').notNull(),
    currency: text('currency').notNull(),
    termDays: integer('term_days').notNull(),
    premiumMinor: bigint('premium_minor', { mode: 'number' }).notNull(),
    /** With fees and taxes; null where the plan has none, and for premiums of before it was kept. */
    payableMinor: bigint('payable_minor', { mode: 'number' }),
    monthMinor: bigint('month_minor', { mode: 'number' }).notNull(),
    beforeDiscountMinor: bigint('before_discount_minor', { mode: 'number' }).notNull(),
    /** What of the discount is not in the premium; null before it was kept. */
    heldBackMinor: bigint('held_back_minor', { mode: 'number' }),
    discountPpm: integer('discount_ppm').notNull(),
    maxDiscountPpm: integer('max_discount_ppm').notNull(),
    cleanSharePpm: integer('clean_share_ppm').notNull(),
    credibilityPpm: integer('credibility_ppm').notNull(),
    relativityPpm: integer('relativity_ppm').notNull(),
    exposureKm: doublePrecision('exposure_km').notNull(),
    /** The trips that it rests on: how many, and SHA-256 of their ids and versions; null for premiums of before it was kept. */
    trips: integer('trips'),
    tripsHash: text('trips_hash'),
    /** Where the ledger stands with it; null for premiums of before there was one. */
    billedMinor: bigint('billed_minor', { mode: 'number' }),
    waivedMinor: bigint('waived_minor', { mode: 'number' }),
    billedUntil: date('billed_until'),
  },
  (table) => [
    primaryKey({ columns: [table.policyId, table.version] }),
    uniqueIndex('premiums_event_policy_key').on(table.eventId, table.policyId),
    index('premiums_driver_id_idx').on(table.driverId, table.calculatedAt.desc().nullsFirst()),
  ],
)
