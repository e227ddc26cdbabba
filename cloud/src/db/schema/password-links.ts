import { bigint, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { users } from './people.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true })

/** Why a link was sent: its reader was invited, or has forgotten the password. */
export const passwordLinkKinds = ['invitation', 'reset'] as const
export type PasswordLinkKind = (typeof passwordLinkKinds)[number]

/** Links by which passwords are set: the newest of each log-in, until it is used. The token is made of `nonce` by a key that is not here. */
export const passwordLinks = pgTable('password_links', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  userId: text('user_id')
    .notNull()
    .unique('password_links_user_id_key')
    .references(() => users.id, { onDelete: 'cascade' }),
  kind: text('kind', { enum: passwordLinkKinds }).notNull(),
  nonce: text('nonce').notNull(),
  /** SHA-256 of the token, base64url. */
  tokenHash: text('token_hash').notNull().unique('password_links_token_hash_key'),
  createdAt: moment('created_at').notNull(),
  expiresAt: moment('expires_at').notNull(),
})
