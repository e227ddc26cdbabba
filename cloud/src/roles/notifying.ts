import type { NotificationChannel } from '@fairmile/contract/http/notification-kinds.ts'
import { Counter } from 'prom-client'
import { createLinkTokens, type LinkTokens } from '../auth/link-tokens.ts'
import { loadSecret } from '../auth/secret.ts'
import type { Config } from '../config.ts'
import type { Handler } from '../events/consumers.ts'
import { makeFolder } from '../make-folder.ts'
import type { Channel } from '../notify/channel.ts'
import { deliveriesChannel } from '../notify/deliveries-channel.ts'
import { createMailChannel } from '../notify/mail/mail-channel.ts'
import { createUnsubscribeTokens } from '../notify/mail/unsubscribe-token.ts'
import { createNotificationConsumer } from '../notify/notification-consumer.ts'
import { createGuardedPost } from '../notify/outbound/guarded-post.ts'
import { publicTargets } from '../notify/outbound/target.ts'
import type { Outreach } from '../notify/outreach.ts'
import { createPushChannel } from '../notify/push/push-channel.ts'
import { loadVapidKeys } from '../notify/push/vapid-keys.ts'
import { createSender } from '../notify/sender.ts'
import { createWebhookChannel } from '../notify/webhooks/webhook-channel.ts'
import { createWebhookConsumer } from '../notify/webhooks/webhook-consumer.ts'
import type { RoleContext } from './role.ts'

/** What the worker needs of the notifications. */
export interface Notifying {
  readonly handlers: Readonly<Record<'notification' | 'webhook', Handler>>
  /** Ways to people that there are. */
  readonly channels: ReadonlySet<NotificationChannel>
}

/** Starts the sender, and gives the consumers that record what it sends. */
export function startNotifying({ config, database, metrics, log, parts }: RoleContext): Notifying {
  const { db } = database
  const post = createGuardedPost()
  const { mail, publicUrl } = config
  const found: Channel[] = [createWebhookChannel({ db, post })]
  makeFolder(config.dataDir)
  if (mail) {
    const secret = loadSecret(config.secretFile)
    const [tokens, linkTokens] = [createUnsubscribeTokens(secret), createLinkTokens(secret)]
    found.push(createMailChannel({ db, ...mail, tokens, linkTokens, publicUrl }))
  } else log.info({}, 'no SMTP_URL: nothing is told by e-mail')
  const contact = contactOf(config)
  if (contact) found.push(createPushChannel({ db, keys: loadVapidKeys(config.vapidKeyFile), contact, post }))
  else log.info({}, 'no PUBLIC_URL with https, MAIL_FROM or FAIRMILE_ADMIN_EMAIL: nothing is told by web push')
  const sender = createSender({
    ...{ db, channels: found, log },
    counter: new Counter({
      name: 'fairmile_notification_deliveries_total',
      help: 'Tries to send a notification or webhook, by channel and outcome (sent, retry, dead, dropped)',
      labelNames: ['channel', 'outcome'],
      registers: [metrics.registry],
    }),
    listen: (wake) => database.listen(deliveriesChannel, wake),
  })
  sender.start()
  parts.defer(() => sender.stop())
  const names = found.map(({ name }) => name)
  const channels = new Set((['email', 'push'] as const).filter((name) => names.includes(name)))
  const handlers = {
    notification: createNotificationConsumer({ channels, highRisk: config.highRisk }),
    webhook: createWebhookConsumer(),
  }
  return { handlers, channels }
}

/** The ways to people as the API tells them. */
export function outreachOf(config: Config, secret: Uint8Array): Outreach {
  const pushKey = contactOf(config) ? loadVapidKeys(config.vapidKeyFile).publicKey : null
  const tokens = createUnsubscribeTokens(secret)
  return { email: config.mail !== null, pushKey, tokens, targets: publicTargets }
}

/** Makes the links by which passwords are set; null where none can be mailed. */
export const linksOf = ({ mail, publicUrl }: Config, secret: Uint8Array): LinkTokens | null =>
  mail && publicUrl ? createLinkTokens(secret) : null

/** Whom a push service may ask about what it is sent; it takes nothing from nobody. */
function contactOf({ publicUrl, mail, admin }: Config): string | null {
  if (publicUrl?.startsWith('https:')) return publicUrl
  const address = /[^\s<>]+@[^\s<>]+/.exec(mail?.from ?? admin?.email ?? '')?.[0]
  return address ? `mailto:${address}` : null
}
