import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** Sessions that were ended before they expired, by the SHA-256 of their token in base64url. */
export const revokedSessions = pgTable(
  'revoked_sessions',
  {
    tokenHash: text('token_hash').primaryKey(),
    /** When it would have expired: the row means nothing after that. */
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('revoked_sessions_expires_at_idx').on(table.expiresAt)],
)
