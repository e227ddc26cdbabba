import type { PushSubscriptionBody } from '@fairmile/contract/http/notification-preferences.ts'
import { and, desc, eq, exists, isNull, notInArray, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { pushSubscriptions } from '../../db/schema/notification-deliveries.ts'
import { drivers, users } from '../../db/schema/people.ts'
import { drawPublicId } from '../../drivers/public-id.ts'

/** Browsers of a driver; the oldest goes when another comes. */
const maxBrowsers = 10

/**
 * Keeps a browser's subscription for a driver; one that was another driver's, at the same browser, is theirs no more.
 *
 * @returns its id; null where there is no such driver
 */
export function addPushSubscription(
  db: Database,
  driverId: string,
  { endpoint, keys }: PushSubscriptionBody,
): Promise<string | null> {
  return db.transaction(async (tx) => {
    const [driver] = await tx.select({ id: drivers.id }).from(drivers).where(eq(drivers.id, driverId)).for('update')
    if (!driver) return null
    const values = { driverId, p256dh: keys.p256dh, auth: keys.auth, createdAt: new Date() }
    const { id, createdAt } = pushSubscriptions
    const before = await tx.select().from(pushSubscriptions).where(eq(pushSubscriptions.endpoint, endpoint))
    if (before[0]?.driverId !== driverId)
      await tx.delete(pushSubscriptions).where(eq(pushSubscriptions.endpoint, endpoint))
    const [row] = await tx
      .insert(pushSubscriptions)
      .values({ id: drawPublicId('PSH'), endpoint, ...values })
      .onConflictDoUpdate({ target: pushSubscriptions.endpoint, set: values })
      .returning({ id })
    const mine = eq(pushSubscriptions.driverId, driverId)
    const newest = tx
      .select({ id })
      .from(pushSubscriptions)
      .where(mine)
      .orderBy(desc(createdAt), desc(id))
      .limit(maxBrowsers)
    await tx.delete(pushSubscriptions).where(and(mine, notInArray(id, newest)))
    return row?.id ?? null
  })
}

/** The browsers of a driver that may be written to. */
export const browsersOf = (db: Database, driverId: string): Promise<BrowserRow[]> =>
  mayBeWrittenTo(db, eq(pushSubscriptions.driverId, driverId))

/** A browser that may be written to; null where it is subscribed no more, or its driver's log-in is disabled. */
export const findBrowser = async (db: Database, id: string): Promise<BrowserRow | null> =>
  (await mayBeWrittenTo(db, eq(pushSubscriptions.id, id)))[0] ?? null

type BrowserRow = typeof pushSubscriptions.$inferSelect

async function mayBeWrittenTo(db: Database, which: SQL): Promise<BrowserRow[]> {
  const isTheirs = and(eq(users.driverId, pushSubscriptions.driverId), isNull(users.disabledAt))
  const logIn = db.select({ id: users.id }).from(users).where(isTheirs)
  return db
    .select()
    .from(pushSubscriptions)
    .where(and(which, exists(logIn)))
}

/** Ends a browser's subscription; false where there is none of that driver. */
export async function removePushSubscription(db: Database, driverId: string, id: string): Promise<boolean> {
  const removed = await db
    .delete(pushSubscriptions)
    .where(and(eq(pushSubscriptions.id, id), eq(pushSubscriptions.driverId, driverId)))
    .returning({ id: pushSubscriptions.id })
  return removed.length > 0
}
