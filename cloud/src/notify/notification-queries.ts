import type { Notification, NotificationPage, ReadNotifications } from '@fairmile/contract/http/notifications.ts'
import type { PageQuery } from '@fairmile/contract/http/page.ts'
import { and, count, desc, eq, isNull, lt, lte } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { notifications } from '../db/schema/notifications.ts'
import { decodeCursor, numberOf, toPage } from '../http/page.ts'

/** A page of a driver's notifications, or of the admins' (null), the newest first, with the count of all that are unread. */
export async function listNotifications(
  db: Database,
  driverId: string | null,
  { cursor, limit }: PageQuery,
): Promise<NotificationPage> {
  const [after] = decodeCursor(cursor, 1) ?? []
  const rows = await db
    .select()
    .from(notifications)
    .where(and(toldTo(driverId), after === undefined ? undefined : lt(notifications.id, numberOf(after))))
    .orderBy(desc(notifications.id))
    .limit(limit + 1)
  const page = toPage(rows, { limit, keyOf: ({ id }) => [String(id)], itemOf: toNotification })
  return { ...page, unread: await countUnread(db, driverId) }
}

/** Marks a driver's notifications, or the admins', up to one as read. */
export async function readNotifications(
  db: Database,
  driverId: string | null,
  { upTo, at }: { upTo: number; at: Date },
): Promise<ReadNotifications> {
  const read = await db
    .update(notifications)
    .set({ readAt: at })
    .where(and(toldTo(driverId), lte(notifications.id, upTo), isNull(notifications.readAt)))
    .returning({ id: notifications.id })
  return { read: read.length, unread: await countUnread(db, driverId) }
}

async function countUnread(db: Database, driverId: string | null): Promise<number> {
  const [row] = await db
    .select({ unread: count() })
    .from(notifications)
    .where(and(toldTo(driverId), isNull(notifications.readAt)))
  return row?.unread ?? 0
}

const toldTo = (driverId: string | null) =>
  driverId === null ? isNull(notifications.driverId) : eq(notifications.driverId, driverId)

const toNotification = ({ id, kind, data, createdAt, readAt }: typeof notifications.$inferSelect): Notification =>
  ({
    id: String(id),
    kind,
    data,
    createdAt: createdAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  }) as Notification
