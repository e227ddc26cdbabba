import type { NotificationChannel } from '@fairmile/contract/http/notification-kinds.ts'
import type { NotificationPreferencesBody } from '@fairmile/contract/http/notification-preferences.ts'
import type { Told } from '@fairmile/contract/http/notifications.ts'
import { and, asc, inArray } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { notifications } from '../db/schema/notifications.ts'
import type { Sent } from './channel.ts'
import type { Claim } from './claim-delivery.ts'
import { isUrgent } from './kinds.ts'
import { adminPreferences, channelsOf, readPreferences } from './preferences.ts'
import { dueOf } from './record-notification.ts'

/** What a claim is to tell, and how its reader wants it. */
export interface Message {
  readonly told: readonly [Told, ...Told[]]
  /** Null: an admin. */
  readonly driverId: string | null
  readonly preferences: NotificationPreferencesBody
  readonly urgent: boolean
}

/**
 * Reads what a claim is to tell by the preferences of this moment, which may be others than when it was recorded: what is not wanted any
 * more is left out, and what runs into quiet hours waits.
 */
export async function readMessage(
  db: Database,
  claim: Claim,
  { channel, nowMs }: { channel: NotificationChannel; nowMs: number },
): Promise<Message | Exclude<Sent, 'sent'>> {
  const ids = claim.notificationIds.filter((id) => id !== null)
  const rows = await db
    .select()
    .from(notifications)
    .where(and(inArray(notifications.id, ids)))
    .orderBy(asc(notifications.id))
  const driverId = rows[0]?.driverId ?? null
  const preferences = driverId === null ? adminPreferences : await readPreferences(db, driverId)
  const all = rows.map(({ kind, data }) => ({ kind, data }) as Told)
  const [first, ...rest] = all.filter((told) => driverId === null || channelsOf(told, preferences).includes(channel))
  if (!first) return { dropped: 'It is not wanted by this channel any more' }
  const urgent = isUrgent(first)
  const { atMs } = dueOf(first, channel, { ...preferences, digest: 'off' }, nowMs)
  if (!claim.digest && atMs > nowMs) return { waitUntilMs: atMs }
  return { told: [first, ...rest], driverId, preferences, urgent }
}
