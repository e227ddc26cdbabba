import type {
  DeliveryFilter,
  NotificationAttempt,
  NotificationDelivery,
  ReplayNotificationsBody,
} from '@fairmile/contract/http/notification-deliveries.ts'
import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import { and, desc, eq, lt, or, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { notificationAttempts, notificationDeliveries } from '../db/schema/notification-deliveries.ts'
import { decodeCursor, momentOf, numberOf, toPage } from '../http/page.ts'
import { deliveriesChannel } from './deliveries-channel.ts'

/** A page of the deliveries in a state, the newest first. */
export async function listNotificationDeliveries(
  db: Database,
  { state, channel, cursor, limit }: PageQuery & DeliveryFilter,
): Promise<Page<NotificationDelivery>> {
  const [after] = decodeCursor(cursor, 1) ?? []
  const of = notificationDeliveries
  const rows = await db
    .select()
    .from(of)
    .where(
      and(
        eq(of.state, state),
        channel === undefined ? undefined : eq(of.channel, channel),
        after === undefined ? undefined : lt(of.id, numberOf(after)),
      ),
    )
    .orderBy(desc(of.id))
    .limit(limit + 1)
  return toPage(rows, { limit, keyOf: ({ id }) => [String(id)], itemOf: toDelivery })
}

/** A page of the tries of deliveries to a target, those of the newest deliveries first. */
export async function listAttempts(
  db: Database,
  target: string,
  { cursor, limit }: PageQuery,
): Promise<Page<NotificationAttempt>> {
  const [id, at] = decodeCursor(cursor, 2) ?? []
  const [of, deliveries] = [notificationAttempts, notificationDeliveries]
  const beyond =
    id === undefined
      ? undefined
      : or(lt(of.deliveryId, numberOf(id)), and(eq(of.deliveryId, numberOf(id)), lt(of.at, momentOf(at))))
  const rows = await db
    .select({ attempt: of, eventId: deliveries.eventId })
    .from(deliveries)
    .innerJoin(of, eq(of.deliveryId, deliveries.id))
    .where(and(eq(deliveries.target, target), beyond))
    .orderBy(desc(deliveries.id), desc(of.at))
    .limit(limit + 1)
  return toPage(rows, {
    limit,
    keyOf: ({ attempt }) => [String(attempt.deliveryId), attempt.at.toISOString()],
    itemOf: ({ attempt: { deliveryId, attempt, at: moment, outcome, error }, eventId }) => ({
      ...{
        deliveryId: String(deliveryId),
        eventId: textOf(eventId),
        attempt,
        at: moment.toISOString(),
        outcome,
        error,
      },
    }),
  })
}

/** Gives dead deliveries all their tries again, the oldest first; gives how many. */
export async function replayNotifications(
  db: Database,
  { channel, ids, limit }: Omit<ReplayNotificationsBody, 'ids'> & { ids?: readonly number[] | undefined },
): Promise<number> {
  const byChannel = channel === undefined ? sql`` : sql`AND channel = ${channel}`
  const byId = ids === undefined ? sql`` : sql`AND id = ANY (${`{${ids.join(',')}}`}::text::bigint[])`
  return await db.transaction(async (tx) => {
    const replayed = await selectRows(
      tx,
      sql`
        UPDATE notification_deliveries SET
          state = 'ready', attempts = 0, next_attempt_at = now(), settled_at = NULL, digest_id = NULL, digest = false
        WHERE id IN (
          SELECT id FROM notification_deliveries WHERE state = 'dead' ${byChannel} ${byId} ORDER BY id LIMIT ${limit}
          FOR UPDATE SKIP LOCKED)
        RETURNING id`,
    )
    await tx.execute(sql`SELECT pg_notify(${deliveriesChannel}, '')`)
    return replayed.length
  })
}

const textOf = (id: number | null): string | null => (id === null ? null : String(id))

const toDelivery = (row: typeof notificationDeliveries.$inferSelect): NotificationDelivery => ({
  id: String(row.id),
  channel: row.channel,
  target: row.target,
  notificationId: textOf(row.notificationId),
  eventId: textOf(row.eventId),
  passwordLink: row.passwordLinkId !== null,
  state: row.state,
  attempts: row.attempts,
  nextAttemptAt: row.nextAttemptAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
  settledAt: row.settledAt?.toISOString() ?? null,
  error: row.error,
})
