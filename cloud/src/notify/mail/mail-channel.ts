import { eq } from 'drizzle-orm'
import { createTransport } from 'nodemailer'
import type { Database } from '../../db/database.ts'
import { users } from '../../db/schema/people.ts'
import { type Channel, UndeliverableError } from '../channel.ts'
import { type Message, readMessage } from '../read-message.ts'
import { oneLine, templatesOf, writeWords } from '../templates/write-words.ts'
import { mailBody } from './mail-body.ts'
import type { UnsubscribeTokens } from './unsubscribe-token.ts'

/** Waits for the mail server, ms. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 5_000 }

interface MailOptions {
  readonly db: Database
  /** `smtp://…` or `smtps://…`, with the account. */
  readonly url: string
  /** `Fairmile <no-reply@example.org>`. */
  readonly from: string
  readonly tokens: UnsubscribeTokens
  /** Address of the pages, for links; null: no links. */
  readonly publicUrl: string | null
  readonly now?: () => number
}

/** Sends notifications by SMTP. */
export function createMailChannel({ db, url, from, tokens, publicUrl, now = Date.now }: MailOptions): Channel {
  const transport = createTransport({ url, ...timeouts, disableFileAccess: true, disableUrlAccess: true })
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost'

  const unsubscribeUrl = ({ driverId, told, urgent }: Message) => {
    if (driverId === null || publicUrl === null || urgent) return null
    const kind = told.length === 1 ? told[0].kind : null
    return new URL(`/unsubscribe/${tokens.write({ driverId, kind })}`, publicUrl).href
  }

  return {
    name: 'email',
    async send(claim, signal) {
      const { id, email, name } = users
      const [user] = await db.select({ email, name }).from(users).where(eq(id, claim.target))
      if (!user) return { dropped: 'There is no such log-in any more' }
      const message = await readMessage(db, claim, { channel: 'email', nowMs: now() })
      if (!('told' in message)) return message
      const { preferences, told } = message
      const templates = templatesOf(preferences.language)
      const words = told.map((one) => writeWords(one, preferences))
      const ends = unsubscribeUrl(message)
      const body = mailBody({
        greeting: templates.greeting(oneLine(user.name)),
        ...{ words, publicUrl, footer: templates.footer },
        unsubscribe: ends === null ? null : { label: templates.unsubscribe, url: ends },
      })
      const [first] = words
      signal.throwIfAborted()
      await transport
        .sendMail({
          from,
          to: { name: oneLine(user.name), address: user.email },
          subject: words.length === 1 && first ? first.subject : templates.digest(words.length),
          ...body,
          messageId: `<delivery-${claim.ids[0]}-${claim.createdMs}@${domain}>`,
          headers: {
            'Auto-Submitted': 'auto-generated',
            'Content-Language': preferences.language,
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

/** A server that says no for good (5xx) is not asked again. */
function rethrow(error: unknown): never {
  const { responseCode, message } = error as { responseCode?: number; message?: string }
  if (responseCode !== undefined && responseCode >= 500) throw new UndeliverableError(message, { cause: error })
  throw error
}
