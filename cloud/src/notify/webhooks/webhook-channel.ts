import { toCloudEvent } from '@fairmile/contract/domain-events/cloud-event.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { webhooks } from '../../db/schema/notification-deliveries.ts'
import { domainEvents } from '../../db/schema/outbox.ts'
import { storedEvent } from '../../events/stored-event.ts'
import { type Channel, UndeliverableError } from '../channel.ts'
import type { GuardedPost } from '../outbound/guarded-post.ts'
import { RefusedTargetError } from '../outbound/target.ts'
import { postSigned, refusalOf } from './post-signed.ts'

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
      const message = { id: `event-${event.id}`, body: JSON.stringify(event), nowMs: now(), signal }
      const status = await postSigned(post, webhook, message).catch(rethrow)
      const refusal = refusalOf(status)
      if (refusal === null) return 'sent'
      if (status === 410) {
        await db.update(webhooks).set({ enabled: false }).where(eq(webhooks.id, target))
        throw new UndeliverableError('It answered 410: the webhook was disabled')
      }
      throw new Error(refusal)
    },
  }
}

function rethrow(error: unknown): never {
  if (error instanceof RefusedTargetError) throw new UndeliverableError(error.message, { cause: error })
  throw error
}
