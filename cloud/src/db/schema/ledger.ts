import { ledgerKinds } from '@fairmile/contract/receipt.ts'
import { bigint, date, integer, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { bytea } from './bytea.ts'
import { policies } from './people.ts'
import { receipts } from './pricing.ts'

/** What a policy was asked for and given back: numbered without holes, and never changed, both held by triggers. */
export const premiumEntries = pgTable(
  'premium_entries',
  {
    policyId: text('policy_id')
      .notNull()
      .references(() => policies.id),
    seq: integer('seq').notNull(),
    driverId: text('driver_id').notNull(),
    kind: text('kind', { enum: ledgerKinds }).notNull(),
    /** Minor units. */
    amountMinor: bigint('amount_minor', { mode: 'number' }).notNull(),
    currency: text('currency').notNull(),
    /** The sum of all amounts to here. */
    balanceMinor: bigint('balance_minor', { mode: 'number' }).notNull(),
    /** End of the time billed, not included. */
    throughDay: date('through_day').notNull(),
    receiptId: text('receipt_id')
      .notNull()
      .references(() => receipts.id),
    /** What brought it about; one entry a kind and cause. */
    cause: text('cause').notNull(),
    correlationId: text('correlation_id').notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.policyId, table.seq] }),
    uniqueIndex('premium_entries_cause_key').on(table.policyId, table.cause, table.kind),
  ],
)

/** Public keys that receipts were signed with. */
export const receiptKeys = pgTable('receipt_keys', {
  keyId: text('key_id').primaryKey(),
  publicKey: text('public_key').notNull(),
  firstUsedAt: timestamp('first_used_at', { withTimezone: true }).notNull(),
})

/** The signed root of each day's receipts. */
export const receiptRoots = pgTable('receipt_roots', {
  day: date('day').primaryKey(),
  leaves: integer('leaves').notNull(),
  root: text('root').notNull(),
  recordHash: text('record_hash').notNull(),
  /** Canonical JSON. */
  record: text('record').notNull(),
  publishedAt: timestamp('published_at', { withTimezone: true }).notNull(),
})

/** The nodes of each published day's tree, 32 bytes each, level by level from the leaves up. */
export const receiptTrees = pgTable('receipt_trees', {
  day: date('day')
    .primaryKey()
    .references(() => receiptRoots.day),
  nodes: bytea('nodes').notNull(),
})
