import { randomUUID } from 'node:crypto'
import { eventSource, webhookTestType } from '@fairmile/contract/domain-events/cloud-event.ts'
import type { WebhookTest } from '@fairmile/contract/http/webhooks.ts'
import { eq } from 'drizzle-orm'
import type { Database } from '../../db/database.ts'
import { webhooks } from '../../db/schema/notification-deliveries.ts'
import { messageOf } from '../../errors.ts'
import type { GuardedPost } from '../outbound/guarded-post.ts'
import { postSigned, refusalOf } from './post-signed.ts'

interface TestWebhook {
  readonly post: GuardedPost
  readonly nowMs: number
  readonly signal: AbortSignal
}

/**
 * Sends a webhook, also one that is paused, a signed event that says nothing, and waits for the answer: once, and on no record.
 *
 * @returns what came of it; null where there is no such webhook
 */
export async function testWebhook(
  db: Database,
  webhookId: string,
  { post, nowMs, signal }: TestWebhook,
): Promise<WebhookTest | null> {
  const [webhook] = await db.select().from(webhooks).where(eq(webhooks.id, webhookId))
  if (!webhook) return null
  const id = `test-${randomUUID()}`
  const body = JSON.stringify({
    ...{ specversion: '1.0', id, source: eventSource, type: webhookTestType, subject: webhookId },
    ...{ time: new Date(nowMs).toISOString(), datacontenttype: 'application/json', data: { webhookId } },
  })
  const begunMs = performance.now()
  const took = () => Math.round(performance.now() - begunMs)
  try {
    const status = await postSigned(post, webhook, { id, body, nowMs, signal })
    return { status, error: refusalOf(status), tookMs: took() }
  } catch (error) {
    return { status: null, error: messageOf(error), tookMs: took() }
  }
}
