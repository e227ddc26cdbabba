import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { passwordLinks } from '../db/schema/password-links.ts'
import { users } from '../db/schema/people.ts'
import { hashOfToken } from './link-tokens.ts'
import { hashPassword } from './passwords.ts'

/**
 * Sets the password of the log-in that a link is for, which uses the link up and ends the sessions. Nobody else knows it then, but who
 * may have chosen the address that the link went to.
 *
 * @returns id of the log-in; null where the link was used, replaced or withdrawn, its time is over or there never was one, or the
 * log-in is disabled
 */
export async function usePasswordLink(
  db: Database,
  { token, password, now = new Date() }: { token: string; password: string; now?: Date },
): Promise<string | null> {
  const isGood = and(eq(passwordLinks.tokenHash, hashOfToken(token)), gt(passwordLinks.expiresAt, now))
  const [link] = await db.select({ userId: passwordLinks.userId }).from(passwordLinks).where(isGood)
  if (!link) return null
  // Slow, so it is done for a link that is good alone, and before anything is locked.
  const passwordHash = await hashPassword(password)
  return db.transaction(async (tx) => {
    // The log-in first, as everywhere: who sends a link and who uses one do not wait for each other.
    const [user] = await tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.id, link.userId), isNull(users.disabledAt)))
      .for('update')
    if (!user) return null
    const used = await tx.delete(passwordLinks).where(isGood).returning({ id: passwordLinks.id })
    if (used.length === 0) return null
    await tx
      .update(users)
      .set({ passwordHash, passwordKnownTo: sql`${users.emailSetBy}`, sessionsFrom: now })
      .where(eq(users.id, user.id))
    return user.id
  })
}
