import { eq } from 'drizzle-orm'
import webPush from 'web-push'
import type { Database } from '../../db/database.ts'
import { pushSubscriptions } from '../../db/schema/notification-deliveries.ts'
import { type Channel, UndeliverableError } from '../channel.ts'
import type { GuardedPost } from '../outbound/guarded-post.ts'
import { RefusedTargetError } from '../outbound/target.ts'
import { readMessage } from '../read-message.ts'
import { writeWords } from '../templates/write-words.ts'
import { findBrowser } from './push-subscriptions.ts'
import type { VapidKeys } from './vapid-keys.ts'

/** How long a push service keeps a message for a browser that is off, s: an alert is of no use after a day. */
const keepS = 24 * 3600
/** Characters of a text: what is encrypted may have 3,992 bytes. */
const maxTextLength = 600
const refusedForGood = new Set([400, 401, 403, 413])

interface PushOptions {
  readonly db: Database
  readonly keys: VapidKeys
  /** Whom a push service may ask, `mailto:…` or `https://…`. */
  readonly contact: string
  readonly post: GuardedPost
  readonly now?: () => number
}

/** Sends notifications to browsers (RFC 8030, 8291, 8292), through the guard: the address is the browser's word. */
export function createPushChannel({ db, keys, contact, post, now = Date.now }: PushOptions): Channel {
  return {
    name: 'push',
    async send(claim, signal) {
      const subscription = await findBrowser(db, claim.target)
      if (!subscription) return { dropped: 'The browser is not subscribed any more, or the log-in is disabled' }
      const message = await readMessage(db, claim, { channel: 'push', nowMs: now() })
      if (!('told' in message)) return message
      const { subject, lines, action } = writeWords(message.told[0], message.preferences)
      const text = JSON.stringify({
        id: String(claim.notificationIds[0]),
        title: subject,
        body: lines[0]?.slice(0, maxTextLength) ?? '',
        path: action?.path ?? '/notifications',
        language: message.preferences.language,
      })
      const { endpoint, p256dh, auth } = subscription
      const details = encrypt({ endpoint, keys: { p256dh, auth } }, text, {
        TTL: keepS,
        urgency: message.urgent ? 'high' : 'normal',
        topic: `n${claim.notificationIds[0]}`,
        contentEncoding: 'aes128gcm',
        vapidDetails: { subject: contact, ...keys },
      })
      const { status } = await post({
        ...{ url: endpoint, body: details.body, signal },
        headers: details.headers as Record<string, string | number>,
      }).catch(rethrow)
      if (status === 404 || status === 410) {
        await db.delete(pushSubscriptions).where(eq(pushSubscriptions.id, subscription.id))
        return { dropped: `The push service says that the browser is gone (${status})` }
      }
      if (refusedForGood.has(status)) throw new UndeliverableError(`The push service answered ${status}`)
      if (status < 200 || status > 299) throw new Error(`The push service answered ${status}`)
      return 'sent'
    },
  }
}

/** @throws {UndeliverableError} for keys of a browser that are none */
function encrypt(...[subscription, text, options]: Parameters<typeof webPush.generateRequestDetails>) {
  try {
    return webPush.generateRequestDetails(subscription, text as string, options)
  } catch (cause) {
    throw new UndeliverableError('The keys of the browser cannot be used', { cause })
  }
}

function rethrow(error: unknown): never {
  if (error instanceof RefusedTargetError) throw new UndeliverableError(error.message, { cause: error })
  throw error
}
