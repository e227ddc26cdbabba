import { index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** Answers to requests that create, by the hash of user and `Idempotency-Key`. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    keyHash: text('key_hash').primaryKey(),
    /** SHA-256 of method, path with query, and body, hex. */
    requestHash: text('request_hash').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    /** Null while the request is under way. */
    status: integer('status'),
    /** Sealed with the key itself, which is kept nowhere: an answer may hold a claim code. */
    answer: text('answer'),
    /** JSON object of the answer's headers that are given again, sealed like it; null: `application/json` alone. */
    headers: text('headers'),
  },
  (table) => [index('idempotency_keys_created_at_idx').on(table.createdAt)],
)
