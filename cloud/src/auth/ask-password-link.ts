import { setTimeout } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { passwordLinks } from '../db/schema/password-links.ts'
import { users } from '../db/schema/people.ts'
import type { LinkTokens } from './link-tokens.ts'
import { sendPasswordLink } from './password-links.ts'
import { createTries, type Try } from './tries.ts'

/** Links that one network address may ask for: more than a person needs, and few enough that nobody's mailbox is filled. */
const limits = { email: 5, address: 50 } as const
/** A log-in is sent the next link no sooner, ms: so many network addresses together fill no mailbox either. */
const pauseMs = 5 * 60_000
/** An answer takes this long at least, ms: to record a mail takes a few, by which one could tell who has a log-in. */
const answerMs = 200

/** Asks for a link; says nothing of whether one was sent. @throws ProblemError `too-many-requests` */
export type AskPasswordLink = (ask: Try) => Promise<void>

interface AskOptions {
  readonly db: Database
  readonly tokens: LinkTokens
  /** Wall clock, epoch ms. */
  readonly now?: () => number
}

/** Sends links to who has forgotten a password, alike in answer and time for an address that has no log-in. */
export function createAskPasswordLink({ db, tokens, now = Date.now }: AskOptions): AskPasswordLink {
  const asked = createTries({ limits, what: 'links that were asked for' })

  const send = (email: string): Promise<void> =>
    db.transaction(async (tx) => {
      const [user] = await tx.select().from(users).where(eq(users.email, email)).for('update')
      if (!user || user.disabledAt !== null) return
      const [last] = await tx.select().from(passwordLinks).where(eq(passwordLinks.userId, user.id))
      if (last && now() - last.createdAt.getTime() < pauseMs) return
      await sendPasswordLink(tx, user, { tokens, nowMs: now() })
    })

  return async (ask) => {
    asked.check(ask)
    asked.count(ask)
    await Promise.all([send(ask.email), setTimeout(answerMs)])
  }
}
