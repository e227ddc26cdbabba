import { lt, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { revokedSessions } from '../db/schema/sessions.ts'
import type { Revocations } from './sessions.ts'

/** Ended sessions in the database, for every process, and all those of a log-in that was disabled or changed; what has expired is cleared away with each new one. */
export function createRevocations({ db, now = Date.now }: { db: Database; now?: () => number }): Revocations {
  const { expiresAt } = revokedSessions
  return {
    has: async (hash, { userId, issuedMs }) => {
      const [found] = await selectRows<{ ended: boolean }>(
        db,
        sql`
          SELECT EXISTS (SELECT FROM revoked_sessions WHERE token_hash = ${hash}) OR EXISTS (
            SELECT FROM users WHERE id = ${userId}
              AND (disabled_at IS NOT NULL OR sessions_from > ${new Date(issuedMs).toISOString()}::timestamptz)
          ) AS ended`,
      )
      return found?.ended === true
    },
    add: async (hash, expires) => {
      await db.delete(revokedSessions).where(lt(expiresAt, new Date(now())))
      await db.insert(revokedSessions).values({ tokenHash: hash, expiresAt: expires }).onConflictDoNothing()
    },
  }
}
