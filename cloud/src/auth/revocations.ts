import { eq, lt } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { revokedSessions } from '../db/schema/sessions.ts'
import type { Revocations } from './sessions.ts'

/** Ended sessions in the database, for every process; what has expired is cleared away with each new one. */
export function createRevocations({ db, now = Date.now }: { db: Database; now?: () => number }): Revocations {
  const { tokenHash, expiresAt } = revokedSessions
  return {
    has: async (hash) => {
      const [found] = await db.select({ tokenHash }).from(revokedSessions).where(eq(tokenHash, hash))
      return found !== undefined
    },
    add: async (hash, expires) => {
      await db.delete(revokedSessions).where(lt(expiresAt, new Date(now())))
      await db.insert(revokedSessions).values({ tokenHash: hash, expiresAt: expires }).onConflictDoNothing()
    },
  }
}
