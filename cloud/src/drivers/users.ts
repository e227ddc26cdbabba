import type { User } from '@fairmile/contract/http/auth.ts'
import { eq } from 'drizzle-orm'
import { knownTo } from '../auth/hands.ts'
import { hashPassword } from '../auth/passwords.ts'
import type { Database } from '../db/database.ts'
import { users } from '../db/schema/people.ts'
import { drawPublicId } from './public-id.ts'

/** A log-in with its hash, by e-mail address in lower case; null where there is none that may be used. */
export async function findUserByEmail(
  db: Database,
  email: string,
): Promise<{ user: User; passwordHash: string } | null> {
  const [row] = await db.select().from(users).where(eq(users.email, email))
  if (!row || row.disabledAt !== null) return null
  const { id, name, role, driverId, passwordHash } = row
  return { user: { id, email, name, role, driverId }, passwordHash }
}

/**
 * Adds a log-in; null where the e-mail address has one.
 *
 * @param setBy the user who chose the password; null where that was its owner or who has the server
 */
export async function insertUser(
  db: Pick<Database, 'insert' | 'select'>,
  user: Omit<User, 'id'> & { passwordHash: string },
  setBy: string | null = null,
): Promise<User | null> {
  const [row] = await db
    .insert(users)
    .values({ id: drawPublicId('USR'), ...user, passwordKnownTo: setBy === null ? [] : await knownTo(db, setBy) })
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id })
  if (!row) return null
  const { email, name, role, driverId } = user
  return { id: row.id, email, name, role, driverId }
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
  return (await insertUser(db, { ...user, passwordHash: await hashPassword(password) })) !== null
}
