import type { UpdateUserBody } from '@fairmile/contract/http/admin-users.ts'
import { and, eq, isNull } from 'drizzle-orm'
import { knownTo } from '../auth/hands.ts'
import { voidPasswordLink } from '../auth/password-links.ts'
import type { Database, Transaction } from '../db/database.ts'
import { users } from '../db/schema/people.ts'

/** Why a log-in stays as it is: there is none, it would leave no admin, or who drives no car cannot be a driver. */
export type UserRefusal = 'unknown' | 'last-admin' | 'no-driver'
export type UserChange = 'changed' | 'same' | UserRefusal

/** Changes role or use of a log-in and ends its sessions, and where it is disabled its link to a password; what is the same already changes nothing. */
export function changeUser(
  db: Database,
  userId: string,
  change: UpdateUserBody,
  { now = new Date() } = {},
): Promise<UserChange> {
  return db.transaction((tx) => changeUserIn(tx, userId, change, now))
}

/** The same within a transaction that is under way. */
async function changeUserIn(
  tx: Transaction | Database,
  userId: string,
  { role, disabled }: UpdateUserBody,
  now: Date,
): Promise<UserChange> {
  // The admins are locked in one order: two who take each other's log-in away do not both succeed.
  const admins = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), isNull(users.disabledAt)))
    .orderBy(users.id)
    .for('update')
  const [user] = await tx.select().from(users).where(eq(users.id, userId)).for('update')
  if (!user) return 'unknown'
  const newRole = role ?? user.role
  const isDisabled = disabled ?? user.disabledAt !== null
  if (newRole === user.role && isDisabled === (user.disabledAt !== null)) return 'same'
  if (newRole === 'driver' && user.driverId === null) return 'no-driver'
  const others = admins.filter(({ id }) => id !== userId)
  if (others.length === 0 && admins.length > 0 && (newRole !== 'admin' || isDisabled)) return 'last-admin'
  const disabledAt = isDisabled ? (user.disabledAt ?? now) : null
  await tx.update(users).set({ role: newRole, disabledAt, sessionsFrom: now }).where(eq(users.id, userId))
  if (isDisabled) await voidPasswordLink(tx, userId)
  return 'changed'
}

/**
 * Sets a password, ends the sessions of the log-in and its link to a password; false where there is none. Who changes their own still has it
 * known to whoever set it before: that they alone did it nobody can tell.
 *
 * @param set.by the user who sets it; null for who has the server
 */
export function resetPassword(
  db: Database,
  set: { userId: string; passwordHash: string; by: string | null; now?: Date },
): Promise<boolean> {
  const { userId, passwordHash, by, now = new Date() } = set
  return db.transaction(async (tx) => {
    const passwordKnownTo = by === null ? [] : await knownTo(tx, by, userId)
    const changed = await tx
      .update(users)
      .set({ passwordHash, passwordKnownTo, sessionsFrom: now })
      .where(eq(users.id, userId))
      .returning({ id: users.id })
    await voidPasswordLink(tx, userId)
    return changed.length > 0
  })
}
