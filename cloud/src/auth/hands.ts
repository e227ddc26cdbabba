import { eq, inArray } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { users } from '../db/schema/people.ts'

/** Users who may be at a log-in: its owner, and who may know its password. What a log-in does is kept with them, as they are then. */
export async function handsOf(db: Pick<Database, 'select'>, userId: string): Promise<string[]> {
  const [row] = await db.select({ known: users.passwordKnownTo }).from(users).where(eq(users.id, userId))
  return [userId, ...(row?.known ?? [])]
}

/** The log-ins of drivers. */
export async function logInsOfDrivers(db: Pick<Database, 'select'>, driverIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(inArray(users.driverId, [...driverIds]))
  return rows.map(({ id }) => id)
}

/** Users who may be at the log-ins of drivers. */
export async function handsOfDrivers(db: Pick<Database, 'select'>, driverIds: readonly string[]): Promise<string[]> {
  const { id, passwordKnownTo } = users
  const rows = await db
    .select({ id, known: passwordKnownTo })
    .from(users)
    .where(inArray(users.driverId, [...driverIds]))
  return rows.flatMap((row) => [row.id, ...row.known])
}

/** Who may know a password that `by` sets for a log-in: also who may be at the log-in of `by`, or two log-ins would hide who it was. */
export async function knownTo(db: Pick<Database, 'select'>, by: string, userId?: string): Promise<string[]> {
  return (await handsOf(db, by)).filter((id) => id !== userId)
}

/** Whether one person may be behind both, whose word is then that of one. */
export const shareHands = (a: readonly string[], b: readonly string[]): boolean => a.some((id) => b.includes(id))

/** What to do where one person may be behind two log-ins. */
export const otherHands =
  'Another admin has to do it, or the password of this log-in has to be set by its owner through a mailed link ("Forgot your password?" at the log-in), by "fairmile-cloud users set-password" or by an admin who has no part in this.'
