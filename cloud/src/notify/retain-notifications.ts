import { lt } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { notifications } from '../db/schema/notifications.ts'

/** Days that notifications are kept, read or not: what they tell of stays in trips and receipts. */
const defaultDays = 180

/** Removes notifications that are older than so many days. */
export async function retainNotifications(
  db: Database,
  { now, days = defaultDays }: { now: number; days?: number },
): Promise<{ removed: number }> {
  const before = new Date(now - days * 86_400_000)
  const removed = await db
    .delete(notifications)
    .where(lt(notifications.createdAt, before))
    .returning({ id: notifications.id })
  return { removed: removed.length }
}
