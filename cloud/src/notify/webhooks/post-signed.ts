import type { webhooks } from '../../db/schema/notification-deliveries.ts'
import type { GuardedPost } from '../outbound/guarded-post.ts'
import { signWebhook } from './sign.ts'

/** A CloudEvent as it goes out, and the `webhook-id` that is the same for each try. */
interface Message {
  readonly id: string
  readonly body: string
  readonly nowMs: number
  readonly signal: AbortSignal
}

/** Posts a CloudEvent to a webhook, signed by its secrets; gives the status of the answer. @throws as `GuardedPost` does */
export async function postSigned(
  post: GuardedPost,
  webhook: typeof webhooks.$inferSelect,
  { id, body, nowMs, signal }: Message,
): Promise<number> {
  const signed = signWebhook(secretsOf(webhook, nowMs), { id, atS: Math.floor(nowMs / 1000), body })
  const headers = {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'user-agent': 'Fairmile',
    ...signed,
  }
  return (await post({ url: webhook.url, headers, body, signal })).status
}

/** What a receiver's refusal says; null where it took the message. */
export function refusalOf(status: number): string | null {
  if (status >= 200 && status <= 299) return null
  return status >= 300 && status <= 399 ? `It answered ${status}; redirects are not followed` : `It answered ${status}`
}

/** Those that sign: the newest first, and the one before it while it still does. */
function secretsOf({ secret, previousSecret, previousUntil }: typeof webhooks.$inferSelect, nowMs: number): string[] {
  const both = previousSecret !== null && previousUntil !== null && previousUntil.getTime() > nowMs
  return both ? [secret, previousSecret] : [secret]
}
