import { bigint, date, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { policies } from './people.ts'

export const claimStates = ['open', 'closed'] as const

/** Claims as the insurer's own system told them last, money in minor units. Reports read them; no score, price or receipt does. */
export const claims = pgTable(
  'claims',
  {
    /** The insurer's own number. */
    id: text('id').primaryKey(),
    policyId: text('policy_id')
      .notNull()
      .references(() => policies.id),
    /** As the policy's plan names it. */
    coverage: text('coverage').notNull(),
    /** The day of the loss. */
    occurredOn: date('occurred_on').notNull(),
    paidMinor: bigint('paid_minor', { mode: 'number' }).notNull(),
    /** What is still expected to be paid. */
    reservedMinor: bigint('reserved_minor', { mode: 'number' }).notNull(),
    /** That of the policy's plan. */
    currency: text('currency').notNull(),
    state: text('state', { enum: claimStates }).notNull(),
    /** Since when it stands so, and by whom: the same word again changes neither. */
    toldAt: timestamp('told_at', { withTimezone: true }).notNull(),
    toldBy: text('told_by').notNull(),
  },
  (table) => [
    index('claims_occurred_on_idx').on(table.occurredOn),
    index('claims_policy_id_idx').on(table.policyId, table.occurredOn),
  ],
)
