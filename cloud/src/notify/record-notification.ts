import type { NotificationChannel } from '@fairmile/contract/http/notification-kinds.ts'
import type { NotificationPreferencesBody } from '@fairmile/contract/http/notification-preferences.ts'
import type { Told } from '@fairmile/contract/http/notifications.ts'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { PgInsertValue } from 'drizzle-orm/pg-core'
import type { Database } from '../db/database.ts'
import { notificationDeliveries } from '../db/schema/notification-deliveries.ts'
import { notifications } from '../db/schema/notifications.ts'
import { users } from '../db/schema/people.ts'
import { deliveriesChannel } from './deliveries-channel.ts'
import { dueAtOnce } from './due-at-once.ts'
import { isUrgent, kinds } from './kinds.ts'
import { adminPreferences, channelsOf, readPreferences } from './preferences.ts'
import { browsersOf } from './push/push-subscriptions.ts'
import { dueAt } from './times/due-at.ts'

/** Admins who are written to of one thing. */
const maxAdmins = 50

/** What is told, to whom (null: the admins), and what tells two tellings of it apart. */
interface NewNotification {
  readonly told: Told
  readonly driverId: string | null
  readonly cause: { readonly eventId: number } | { readonly occasion: string }
  readonly at: Date
}

interface RecordOptions {
  /** Channels that this service has. */
  readonly channels: ReadonlySet<NotificationChannel>
  /** Wall clock, epoch ms: from when on a delivery may go out. */
  readonly nowMs: number
}

/**
 * Records a notification with its deliveries in a transaction; nothing where it was recorded before.
 *
 * @returns whether it is new
 */
export async function recordNotification(
  tx: Database,
  { told, driverId, cause, at }: NewNotification,
  { channels, nowMs }: RecordOptions,
): Promise<boolean> {
  const [row] = await tx
    .insert(notifications)
    .values({ kind: told.kind, data: told.data, driverId, createdAt: at, ...cause })
    .onConflictDoNothing()
    .returning({ id: notifications.id })
  if (!row) return false
  const preferences = driverId === null ? adminPreferences : await readPreferences(tx, driverId)
  const wanted = driverId === null ? kinds[told.kind].admin : channelsOf(told, preferences)
  const createdAt = new Date(nowMs)
  const deliveries: PgInsertValue<typeof notificationDeliveries>[] = []
  for (const channel of new Set(wanted)) {
    if (!channels.has(channel)) continue
    const { atMs, digest } = dueOf(told, channel, preferences, nowMs)
    const nextAttemptAt = atMs === nowMs ? dueAtOnce(nowMs) : new Date(atMs)
    const common = { channel, digest, state: 'ready' as const, attempts: 0, nextAttemptAt, createdAt }
    for (const target of await targetsOf(tx, channel, driverId))
      deliveries.push({ ...common, target, notificationId: row.id })
  }
  if (deliveries.length === 0) return true
  await tx.insert(notificationDeliveries).values(deliveries)
  await tx.execute(sql`SELECT pg_notify(${deliveriesChannel}, '')`)
  return true
}

/** When a message may go out by a channel. */
export function dueOf(
  told: Told,
  channel: NotificationChannel,
  preferences: NotificationPreferencesBody,
  nowMs: number,
): ReturnType<typeof dueAt> {
  return dueAt({ nowMs, urgent: isUrgent(told), digestible: channel === 'email' }, preferences)
}

/** Where a message goes; never to a log-in that is disabled. */
async function targetsOf(tx: Database, channel: NotificationChannel, driverId: string | null): Promise<string[]> {
  if (channel === 'push') {
    if (driverId === null) return []
    return (await browsersOf(tx, driverId)).map(({ id }) => id)
  }
  const whose = driverId === null ? eq(users.role, 'admin') : eq(users.driverId, driverId)
  const found = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(whose, isNull(users.disabledAt)))
    .orderBy(asc(users.id))
    .limit(maxAdmins)
  return found.map(({ id }) => id)
}
