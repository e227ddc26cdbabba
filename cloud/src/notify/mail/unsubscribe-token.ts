import { createHmac, timingSafeEqual } from 'node:crypto'
import { type NotificationKind, notificationKinds } from '@fairmile/contract/http/notification-kinds.ts'

/** Whose e-mails end: of a kind, or null for all kinds (a digest); but what is urgent. */
export interface Unsubscription {
  readonly driverId: string
  readonly kind: NotificationKind | null
}

/** Writes and reads the tokens in the links that end e-mails: signed, so that nobody ends another's. They do not expire. */
export function createUnsubscribeTokens(secret: Uint8Array) {
  const key = createHmac('sha256', secret).update('fairmile unsubscribe').digest()
  const sign = (text: string) => createHmac('sha256', key).update(text).digest()
  return {
    write({ driverId, kind }: Unsubscription): string {
      const text = `${driverId} ${kind ?? '*'}`
      return `${Buffer.from(text).toString('base64url')}.${sign(text).toString('base64url')}`
    },
    /** Null where it is not one that was written here. */
    read(token: string): Unsubscription | null {
      const [, body = '', mac = ''] = /^([\w-]{1,100})\.([\w-]{43})$/.exec(token) ?? []
      const text = Buffer.from(body, 'base64url').toString()
      const given = Buffer.from(mac, 'base64url')
      if (given.length !== 32 || !timingSafeEqual(given, sign(text))) return null
      const [driverId = '', kind = ''] = text.split(' ')
      return { driverId, kind: notificationKinds.find((name) => name === kind) ?? null }
    },
  }
}
export type UnsubscribeTokens = ReturnType<typeof createUnsubscribeTokens>
