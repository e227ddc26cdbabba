import { sql } from 'drizzle-orm'
import type { Handler } from '../../events/consumers.ts'
import { deliveriesChannel } from '../deliveries-channel.ts'
import { dueAtOnce } from '../due-at-once.ts'

/** Records a delivery to each webhook that wants to be told of an event, once an event and webhook. */
export function createWebhookConsumer({ now = Date.now }: { now?: () => number } = {}): Handler {
  return async (tx, { id, type }) => {
    const nowMs = now()
    await tx.execute(sql`
      WITH recorded AS (
        INSERT INTO notification_deliveries
          (channel, target, event_id, digest, state, attempts, next_attempt_at, created_at)
        SELECT 'webhook', id, ${id}::bigint, false, 'ready', 0, ${dueAtOnce(nowMs)}, ${new Date(nowMs).toISOString()}::timestamptz
        FROM webhooks WHERE enabled AND ${type} = ANY (event_types)
        ON CONFLICT DO NOTHING RETURNING id
      )
      SELECT pg_notify(${deliveriesChannel}, '') FROM recorded LIMIT 1`)
  }
}
