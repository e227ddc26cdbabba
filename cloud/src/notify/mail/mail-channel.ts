import { and, eq, isNull } from 'drizzle-orm'
import { createTransport } from 'nodemailer'
import type { LinkTokens } from '../../auth/link-tokens.ts'
import type { Database } from '../../db/database.ts'
import { users } from '../../db/schema/people.ts'
import { messageOf } from '../../errors.ts'
import { type Channel, UndeliverableError } from '../channel.ts'
import { oneLine, templatesOf } from '../templates/write-words.ts'
import { mailBody } from './mail-body.ts'
import { isRefusedForGood } from './refused-for-good.ts'
import type { UnsubscribeTokens } from './unsubscribe-token.ts'
import { writeNotification } from './write-notification.ts'
import { writePasswordLink } from './write-password-link.ts'

/** Waits for the mail server, ms. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 5_000 }

interface MailOptions {
  readonly db: Database
  /** `smtp://…` or `smtps://…`, with the account. */
  readonly url: string
  /** `Fairmile <no-reply@example.org>`. */
  readonly from: string
  readonly tokens: UnsubscribeTokens
  /** Makes the tokens of links by which passwords are set. */
  readonly linkTokens: LinkTokens
  /** Address of the pages, for links; null: no links. */
  readonly publicUrl: string | null
  readonly now?: () => number
}

/** Sends notifications, and links by which passwords are set, by SMTP. */
export function createMailChannel(options: MailOptions): Channel {
  const { db, url, from, tokens, linkTokens, publicUrl, now = Date.now } = options
  const transport = createTransport({ url, ...timeouts, disableFileAccess: true, disableUrlAccess: true })
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost'

  return {
    name: 'email',
    async send(claim, signal) {
      const { id, email, name, driverId, disabledAt } = users
      const [user] = await db
        .select({ email, name, driverId })
        .from(users)
        .where(and(eq(id, claim.target), isNull(disabledAt)))
      if (!user) return { dropped: 'There is no such log-in any more, or it is disabled' }
      const { passwordLinkId: linkId } = claim
      const letter =
        linkId === null
          ? await writeNotification(db, claim, { tokens, publicUrl, nowMs: now() })
          : await writePasswordLink(db, { ...user, linkId }, { tokens: linkTokens, publicUrl, nowMs: now() })
      if (!('words' in letter)) return letter
      const { language, words, footer, unsubscribeUrl: ends } = letter
      const templates = templatesOf(language)
      const body = mailBody({
        greeting: templates.greeting(oneLine(user.name)),
        ...{ words, publicUrl, footer },
        unsubscribe: ends === null ? null : { label: templates.unsubscribe, url: ends },
      })
      signal.throwIfAborted()
      await transport
        .sendMail({
          from,
          to: { name: oneLine(user.name), address: user.email },
          subject: words.length === 1 ? words[0].subject : templates.digest(words.length),
          ...body,
          messageId: `<delivery-${claim.ids[0]}-${claim.createdMs}@${domain}>`,
          headers: {
            'Auto-Submitted': 'auto-generated',
            'Content-Language': language,
            ...(ends !== null && {
              'List-Unsubscribe': `<${ends}>`,
              'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
            }),
          },
        })
        .catch(rethrow)
      return 'sent'
    },
    close: () => transport.close(),
  }
}

/** A server that says no to this mail for good is not asked again. */
function rethrow(error: unknown): never {
  if (isRefusedForGood(error)) throw new UndeliverableError(messageOf(error), { cause: error })
  throw error
}
