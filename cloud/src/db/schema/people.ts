import { policyChangeKinds, policyStates } from '@fairmile/contract/http/policies.ts'
import type { Rated } from '@fairmile/contract/rating-plan.ts'
import type { ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  bigint,
  customType,
  date,
  index,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

const createdAt = timestamp('created_at', { withTimezone: true }).notNull().defaultNow()

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** People who are insured and driven for; ids look like `DRV-0001`. */
export const drivers = pgTable(
  'drivers',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    createdAt,
  },
  (table) => [index('drivers_id_prefix_idx').on(table.id.op('text_pattern_ops'))],
)

/** Log-ins; `email` is lower case, `passwordHash` is scrypt with its parameters, null until an invited owner has chosen a password. */
export const users = pgTable(
  'users',
  {
    id: text('id').primaryKey(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: ['driver', 'admin'] }).notNull(),
    passwordHash: text('password_hash'),
    /** Ids of users who may know the password beside its owner; who set it comes first. */
    passwordKnownTo: text('password_known_to').array().notNull().default([]),
    /** Ids of users who may have chosen the address, of a log-in that had a password already: what a link there sets may be theirs. */
    emailSetBy: text('email_set_by').array().notNull().default([]),
    /** Of an admin too, who drives. */
    driverId: text('driver_id').references(() => drivers.id),
    createdAt,
    /** Null while the log-in may be used. */
    disabledAt: timestamp('disabled_at', { withTimezone: true }),
    /** Sessions issued before are ended; null where none was. */
    sessionsFrom: timestamp('sessions_from', { withTimezone: true }),
    /** Of name and address, by which they are found. */
    words: tsvector('words').generatedAlwaysAs(sql`to_tsvector('simple'::regconfig, name || ' ' || email)`),
  },
  (table) => [
    uniqueIndex('users_email_key').on(table.email),
    index('users_driver_id_idx').on(table.driverId),
    index('users_id_prefix_idx').on(table.id.op('text_pattern_ops')),
    index('users_words_idx').using('gin', table.words),
  ],
)

/** Insured cars. */
export const vehicles = pgTable('vehicles', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdAt,
})

/** Insurance of one vehicle for one driver under a rating plan; both days are included. */
export const policies = pgTable(
  'policies',
  {
    id: text('id').primaryKey(),
    driverId: text('driver_id')
      .notNull()
      .references(() => drivers.id),
    vehicleId: text('vehicle_id')
      .notNull()
      .references(() => vehicles.id),
    planId: text('plan_id').notNull(),
    startsOn: date('starts_on').notNull(),
    endsOn: date('ends_on').notNull(),
    /** What it tells its plan: jurisdiction and classes. */
    rated: jsonb('rated').$type<Rated>().notNull().default({}),
    /** The first day of the term that is not billed yet; null before the first bill. */
    billedUntil: date('billed_until'),
    /** What became of it: it was followed by another, or ended early. */
    state: text('state', { enum: policyStates }).notNull().default('active'),
    /** The policy that it renews, or that became this one within its term. */
    follows: text('follows').references((): AnyPgColumn => policies.id),
    /** The relativity that it was bound to start from, where its plan carries one on: it may start from less (`carriedNow`). */
    carried: jsonb('carried').$type<ReceiptV2['carried']>(),
    createdAt,
  },
  (table) => [
    index('policies_unbilled_idx')
      .on(sql`coalesce(${table.billedUntil}, ${table.startsOn})`)
      .where(sql`coalesce(${table.billedUntil}, ${table.startsOn}) <= ${table.endsOn}`),
    uniqueIndex('policies_follows_key').on(table.follows).where(sql`${table.state} <> 'voided'`),
    index('policies_driver_id_idx').on(table.driverId, table.startsOn),
    index('policies_vehicle_id_idx').on(table.vehicleId, table.startsOn),
    index('policies_plan_idx').on(table.planId, table.endsOn),
    index('policies_id_prefix_idx').on(table.id.op('text_pattern_ops')),
  ],
)

/** The history of policies. */
export const policyChanges = pgTable(
  'policy_changes',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    policyId: text('policy_id')
      .notNull()
      .references(() => policies.id),
    kind: text('kind', { enum: policyChangeKinds }).notNull(),
    /** The first day of which it is true. */
    onDay: date('on_day').notNull(),
    /** Id of the user. */
    changedBy: text('changed_by').notNull(),
    reason: text('reason').notNull(),
    recordedAt: timestamp('recorded_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('policy_changes_policy_id_idx').on(table.policyId, table.id)],
)
