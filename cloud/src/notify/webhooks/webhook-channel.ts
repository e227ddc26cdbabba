import { toCloudEvent } from '@fairmile/contract/domain-events/cloud-event.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { webhooks } from '../../db/schema/notification-deliveries.ts'
import { domainEvents } from '../../db/schema/outbox.ts'
import { storedEvent } from '../../events/stored-event.ts'
import { type Channel, UndeliverableError } from '../channel.ts'
import type { GuardedPost } from '../outbound/guarded-post.ts'
import { RefusedTargetError } from '../outbound/target.ts'
import { signWebhook } from './sign.ts'

interface WebhookOptions {
  readonly db: Database
  readonly post: GuardedPost
  readonly now?: () => number
}

/** Sends domain events as signed CloudEvents to the addresses that admins named. */
export function createWebhookChannel({ db, post, now = Date.now }: WebhookOptions): Channel {
  return {
    name: 'webhook',
    async send({ target, eventId }, signal) {
      const [webhook] = await db.select().from(webhooks).where(eq(webhooks.id, target))
      if (!webhook?.enabled) return { dropped: webhook ? 'The webhook is disabled' : 'The webhook was removed' }
      const [row] = await db
        .select()
        .from(domainEvents)
        .where(eq(domainEvents.id, eventId ?? 0))
      if (!row) return { dropped: 'The event is not kept any more' }
      const event = toCloudEvent(storedEvent(row))
      const body = JSON.stringify(event)
      const signed = signWebhook(secretsOf(webhook, now()), {
        id: `event-${event.id}`,
        atS: Math.floor(now() / 1000),
        body,
      })
      const headers = {
        'content-type': 'application/cloudevents+json; charset=utf-8',
        'user-agent': 'Fairmile',
        ...signed,
      }
      const { status } = await post({ url: webhook.url, headers, body, signal }).catch(rethrow)
      if (status >= 200 && status <= 299) return 'sent'
      if (status === 410) {
        await db.update(webhooks).set({ enabled: false }).where(eq(webhooks.id, target))
        throw new UndeliverableError('It answered 410: the webhook was disabled')
      }
      throw new Error(
        status >= 300 && status <= 399 ? `It answered ${status}; redirects are not followed` : `It answered ${status}`,
      )
    },
  }
}

/** Those that sign: the newest first, and the one before it while it still does. */
function secretsOf({ secret, previousSecret, previousUntil }: typeof webhooks.$inferSelect, nowMs: number): string[] {
  const both = previousSecret !== null && previousUntil !== null && previousUntil.getTime() > nowMs
  return both ? [secret, previousSecret] : [secret]
}

function rethrow(error: unknown): never {
  if (error instanceof RefusedTargetError) throw new UndeliverableError(error.message, { cause: error })
  throw error
}
