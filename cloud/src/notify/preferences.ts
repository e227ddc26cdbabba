import {
  type NotificationChannel,
  type NotificationKind,
  notificationKinds,
} from '@fairmile/contract/http/notification-kinds.ts'
import type { NotificationPreferencesBody } from '@fairmile/contract/http/notification-preferences.ts'
import type { Told } from '@fairmile/contract/http/notifications.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { notificationPreferences } from '../db/schema/notification-deliveries.ts'
import { drivers } from '../db/schema/people.ts'
import { isUrgent, kinds } from './kinds.ts'

/** How a driver is told who has said nothing else. */
const defaults: NotificationPreferencesBody = {
  language: 'en',
  timeZone: 'Europe/Berlin',
  quietHours: { from: '22:00', to: '07:00' },
  digest: 'off',
  channels: Object.fromEntries(notificationKinds.map((kind) => [kind, [...kinds[kind].driver]])) as Record<
    NotificationKind,
    ('email' | 'push')[]
  >,
}

/** How admins are told, who have no preferences: at once. */
export const adminPreferences: NotificationPreferencesBody = { ...defaults, quietHours: null }

/** A driver's preferences; the defaults where none are kept, also for kinds that came later. */
export async function readPreferences(db: Database, driverId: string): Promise<NotificationPreferencesBody> {
  const { driverId: id, preferences } = notificationPreferences
  const [row] = await db.select({ preferences }).from(notificationPreferences).where(eq(id, driverId))
  if (!row) return defaults
  return { ...defaults, ...row.preferences, channels: { ...defaults.channels, ...row.preferences.channels } }
}

/** Channels by which a driver wants to be told of something. */
export function channelsOf(
  told: Told,
  { channels, urgentByEmail }: NotificationPreferencesBody,
): readonly NotificationChannel[] {
  const wanted = channels[told.kind]
  return urgentByEmail?.includes(told.kind) && !isUrgent(told) ? wanted.filter(isNoEmail) : wanted
}

/** Keeps a driver's preferences; false where there is no such driver. */
export function writePreferences(
  db: Database,
  driverId: string,
  preferences: NotificationPreferencesBody,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [driver] = await tx.select({ id: drivers.id }).from(drivers).where(eq(drivers.id, driverId)).for('update')
    if (!driver) return false
    const updatedAt = new Date()
    await tx
      .insert(notificationPreferences)
      .values({ driverId, preferences, updatedAt })
      .onConflictDoUpdate({ target: notificationPreferences.driverId, set: { preferences, updatedAt } })
    return true
  })
}

/** Ends e-mails of a kind, or of all kinds (`null`), for a driver; but for what is urgent, such as a crash. */
export async function unsubscribe(db: Database, driverId: string, kind: NotificationKind | null): Promise<boolean> {
  const before = await readPreferences(db, driverId)
  const ended = kind === null ? notificationKinds : [kind]
  const without = ended
    .filter((name) => kinds[name].urgent === false)
    .map((name) => [name, before.channels[name].filter(isNoEmail)])
  const partly = ended.filter((name) => kinds[name].urgent !== false && before.channels[name].includes('email'))
  return await writePreferences(db, driverId, {
    ...before,
    channels: { ...before.channels, ...Object.fromEntries(without) },
    urgentByEmail: [...new Set([...(before.urgentByEmail ?? []), ...partly])],
  })
}

const isNoEmail = (channel: NotificationChannel): boolean => channel !== 'email'
