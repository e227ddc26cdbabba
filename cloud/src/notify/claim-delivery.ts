import type { DeliveryChannel } from '@fairmile/contract/http/notification-deliveries.ts'
import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'

/** How long a delivery belongs to who took it, ms: longer than any try; after this its process counts as lost. */
const leaseMs = 120_000
/** Messages in one digest; the rest makes another. */
const maxDigest = 50

/** What goes out in one message: one delivery, or those of a digest. */
export interface Claim {
  /** The first is what the message is named for. */
  readonly ids: readonly [number, ...number[]]
  readonly channel: DeliveryChannel
  readonly target: string
  /** By delivery; null for a webhook and a password link. */
  readonly notificationIds: readonly (number | null)[]
  readonly eventId: number | null
  readonly passwordLinkId: number | null
  readonly digest: boolean
  /** When the first was recorded, epoch ms. */
  readonly createdMs: number
  /** The number of this try, from 1. */
  readonly attempt: number
}

/**
 * Takes what is due the longest by a channel, but nothing to a target that is busy; null where nothing is due.
 *
 * Nothing stays locked while it is sent: what was taken belongs to this process for two minutes, and comes again if it is not settled
 * by then. So a message may go out twice; its id is the same then.
 */
export function claimDelivery(
  db: Database,
  channel: DeliveryChannel,
  { nowMs, busy }: { nowMs: number; busy: readonly string[] },
): Promise<Claim | null> {
  const now = sql`${new Date(nowMs).toISOString()}::timestamptz`
  const lease = sql`${new Date(nowMs + leaseMs).toISOString()}::timestamptz`
  const busyTargets = sql`ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(busy)}::text::jsonb))`
  return db.transaction(async (tx) => {
    const [first] = await selectRows<{
      id: string
      target: string
      digest: boolean
      digestId: string | null
      attempts: number
    }>(
      tx,
      sql`
        SELECT n.id::text, target, digest, digest_id::text AS "digestId", attempts FROM notification_deliveries n
        WHERE channel = ${channel} AND state = 'ready' AND next_attempt_at <= ${now} AND target <> ALL (${busyTargets})
        ORDER BY next_attempt_at, n.id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    )
    if (!first) return null
    const { id, target, digest, digestId, attempts } = first
    const which = digest
      ? sql`id IN (
          SELECT id FROM notification_deliveries
          WHERE target = ${target} AND digest AND state = 'ready' AND channel = ${channel}
            AND ${digestId === null ? sql`digest_id IS NULL AND next_attempt_at <= ${now}` : sql`digest_id = ${digestId}::bigint`}
          ORDER BY id LIMIT ${maxDigest} FOR UPDATE SKIP LOCKED)`
      : sql`id = ${id}::bigint`
    const rows = await selectRows<{
      id: string
      notificationId: string | null
      eventId: string | null
      passwordLinkId: string | null
      createdMs: number
    }>(
      tx,
      sql`
        UPDATE notification_deliveries SET
          attempts = ${attempts + 1}, next_attempt_at = ${lease},
          digest_id = ${digest ? sql`coalesce(digest_id, ${id}::bigint)` : sql`NULL`}
        WHERE ${which}
        RETURNING id::text, notification_id::text AS "notificationId", event_id::text AS "eventId",
          password_link_id::text AS "passwordLinkId",
          (extract(epoch FROM created_at) * 1000)::float8 AS "createdMs"`,
    )
    const taken = rows.toSorted((a, b) => Number(a.id) - Number(b.id))
    const [named] = taken
    if (!named) return null
    return {
      ids: taken.map((row) => Number(row.id)) as [number, ...number[]],
      notificationIds: taken.map(({ notificationId }) => numberIn(notificationId)),
      eventId: numberIn(named.eventId),
      passwordLinkId: numberIn(named.passwordLinkId),
      createdMs: named.createdMs,
      ...{ channel, target, digest, attempt: attempts + 1 },
    }
  })
}

const numberIn = (id: string | null): number | null => (id === null ? null : Number(id))
