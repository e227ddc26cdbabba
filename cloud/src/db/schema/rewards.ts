import { redemptionStates } from '@fairmile/contract/reward-catalogue.ts'
import type { RewardWeek } from '@fairmile/models/rewards/reward-weeks.ts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  date,
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
import { drivers } from './people.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })
const number = (name: string) => bigint(name, { mode: 'number' })
const ofDriver = () =>
  text('driver_id')
    .notNull()
    .references(() => drivers.id, { onDelete: 'cascade' })

/** Accounts of points: one a driver, whose balance is never negative, and three of the house without a running balance. */
export const rewardAccounts = pgTable(
  'reward_accounts',
  {
    id: number('id').primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind', { enum: ['issuer', 'goodwill', 'redeemed', 'driver'] }).notNull(),
    driverId: text('driver_id')
      .unique('reward_accounts_driver_id_key')
      .references(() => drivers.id, { onDelete: 'set null' }),
    balance: number('balance').notNull().default(0),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('reward_accounts_house_key').on(table.kind).where(sql`${table.kind} <> 'driver'`)],
)

/** Why points moved; append-only, like its entries. */
export const rewardTransactions = pgTable(
  'reward_transactions',
  {
    id: number('id').primaryKey().generatedAlwaysAsIdentity(),
    accountId: number('account_id')
      .notNull()
      .references(() => rewardAccounts.id),
    kind: text('kind', { enum: ['week', 'milestone', 'challenge', 'correction', 'redemption'] }).notNull(),
    cause: text('cause').notNull(),
    part: integer('part').notNull(),
    madeAt: moment('made_at').notNull(),
    madeBy: text('made_by'),
    reason: text('reason'),
    catalogue: text('catalogue').notNull(),
  },
  (table) => [unique('reward_transactions_cause_key').on(table.accountId, table.cause, table.part)],
)

/** Where points moved; those of a transaction add up to zero when it is committed. */
export const rewardEntries = pgTable(
  'reward_entries',
  {
    id: number('id').primaryKey().generatedAlwaysAsIdentity(),
    transactionId: number('transaction_id')
      .notNull()
      .references(() => rewardTransactions.id),
    accountId: number('account_id')
      .notNull()
      .references(() => rewardAccounts.id),
    points: number('points').notNull(),
  },
  (table) => [
    unique('reward_entries_transaction_account_key').on(table.transactionId, table.accountId),
    index('reward_entries_account_idx').on(table.accountId, table.id.desc().nullsFirst()),
  ],
)

/** What closed weeks were worth when they were last judged; for pages and leader boards. */
export const rewardWeeksTable = pgTable(
  'reward_weeks',
  {
    driverId: ofDriver(),
    week: date('week').notNull(),
    points: integer('points').notNull(),
    judged: jsonb('judged').$type<RewardWeek>().notNull(),
    judgedAt: moment('judged_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.driverId, table.week] })],
)

export const rewardAchievements = pgTable(
  'reward_achievements',
  {
    driverId: ofDriver(),
    achievementId: text('achievement_id').notNull(),
    reachedAt: moment('reached_at').notNull(),
    rowFrom: moment('row_from').notNull(),
  },
  (table) => [primaryKey({ columns: [table.driverId, table.achievementId] })],
)

export const rewardParticipations = pgTable(
  'reward_participations',
  {
    driverId: ofDriver(),
    challengeId: text('challenge_id').notNull(),
    joinedAt: moment('joined_at').notNull(),
    leftAt: moment('left_at'),
    decidedAt: moment('decided_at'),
    /** How it was decided; null while it is not. */
    outcome: text('outcome', { enum: ['reached', 'missed'] }),
  },
  (table) => [
    primaryKey({ columns: [table.driverId, table.challengeId, table.joinedAt] }),
    uniqueIndex('reward_participations_open_key')
      .on(table.driverId, table.challengeId)
      .where(sql`${table.leftAt} IS NULL`),
    index('reward_participations_undecided_idx')
      .on(table.driverId)
      .where(sql`${table.leftAt} IS NULL AND ${table.decidedAt} IS NULL`),
  ],
)

export const rewardBoardMembers = pgTable(
  'reward_board_members',
  { boardId: text('board_id').notNull(), driverId: ofDriver(), since: moment('since').notNull() },
  (table) => [primaryKey({ columns: [table.boardId, table.driverId] })],
)

/** What points were spent on. */
export const rewardRedemptions = pgTable(
  'reward_redemptions',
  {
    id: text('id').primaryKey(),
    accountId: number('account_id')
      .notNull()
      .references(() => rewardAccounts.id),
    transactionId: number('transaction_id')
      .notNull()
      .unique('reward_redemptions_transaction_id_key')
      .references(() => rewardTransactions.id),
    keyHash: text('key_hash').notNull(),
    offerId: text('offer_id').notNull(),
    kind: text('kind').notNull(),
    title: text('title').notNull(),
    /** In other languages, as the catalogue had them. */
    titles: jsonb('titles').$type<Record<string, string>>(),
    points: integer('points').notNull(),
    valueMinor: integer('value_minor').notNull(),
    currency: text('currency').notNull(),
    countsInYear: boolean('counts_in_year').notNull(),
    jurisdiction: text('jurisdiction').notNull(),
    madeAt: moment('made_at').notNull(),
    state: text('state', { enum: redemptionStates }).notNull().default('open'),
    settledAt: moment('settled_at'),
    /** The user who settled it, and why it was refused. */
    settledBy: text('settled_by'),
    reason: text('reason'),
  },
  (table) => [
    unique('reward_redemptions_request_key').on(table.accountId, table.keyHash),
    index('reward_redemptions_account_idx').on(table.accountId, table.madeAt),
    index('reward_redemptions_state_idx').on(table.state, table.madeAt, table.id),
  ],
)
