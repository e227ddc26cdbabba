import type { User } from '@fairmile/contract/http/auth.ts'
import { eq } from 'drizzle-orm'
import type { FirstPassword } from '../auth/first-password.ts'
import { knownTo } from '../auth/hands.ts'
import { sendPasswordLink } from '../auth/password-links.ts'
import { hashPassword } from '../auth/passwords.ts'
import type { Database } from '../db/database.ts'
import { users } from '../db/schema/people.ts'
import { drawPublicId } from './public-id.ts'

/** A log-in with its hash (null: no password yet), by e-mail address in lower case; null where there is none that may be used. */
export async function findUserByEmail(
  db: Database,
  email: string,
): Promise<{ user: User; passwordHash: string | null } | null> {
  const [row] = await db.select().from(users).where(eq(users.email, email))
  if (!row || row.disabledAt !== null) return null
  const { id, name, role, driverId, passwordHash } = row
  return { user: { id, email, name, role, driverId }, passwordHash }
}

/** Adds a log-in, in a transaction where its owner is invited; null where the e-mail address has one. */
export async function insertUser(db: Database, user: Omit<User, 'id'>, first: FirstPassword): Promise<User | null> {
  const id = drawPublicId('USR')
  const { passwordHash, passwordKnownTo } = await startOf(db, first)
  const added = await db
    .insert(users)
    .values({ id, ...user, passwordHash, passwordKnownTo })
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id })
  if (added.length === 0) return null
  if ('invite' in first) await sendPasswordLink(db, { id, passwordHash }, first.invite)
  return { id, ...user }
}

async function startOf(db: Database, first: FirstPassword) {
  if ('invite' in first) return { passwordHash: null, passwordKnownTo: [] }
  const passwordKnownTo = first.setBy === null ? [] : await knownTo(db, first.setBy)
  return { passwordHash: first.hash, passwordKnownTo }
}

/**
 * Adds the first admin; does nothing where there is an admin already.
 *
 * @returns true where one was added
 */
export async function ensureAdmin(
  db: Database,
  { email, password }: { email: string; password: string },
): Promise<boolean> {
  const [admin] = await db.select({ id: users.id }).from(users).where(eq(users.role, 'admin')).limit(1)
  if (admin) return false
  const user = { email: email.toLowerCase(), name: 'Administrator', role: 'admin' as const, driverId: null }
  return (await insertUser(db, user, { hash: await hashPassword(password), setBy: null })) !== null
}
