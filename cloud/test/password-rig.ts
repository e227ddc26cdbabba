import assert from 'node:assert/strict'
import { after } from 'node:test'
import { eq } from 'drizzle-orm'
import type { AppDeps } from '../src/app.ts'
import { createLinkTokens } from '../src/auth/link-tokens.ts'
import type { Database } from '../src/db/database.ts'
import { users } from '../src/db/schema/people.ts'
import { createLog } from '../src/log.ts'
import { createMailChannel } from '../src/notify/mail/mail-channel.ts'
import { createUnsubscribeTokens } from '../src/notify/mail/unsubscribe-token.ts'
import { createSender } from '../src/notify/sender.ts'
import { addUser, caller, createTestApp } from './api-rig.ts'
import { createOutcomes, startMailServer } from './notify-rig.ts'

export const publicUrl = 'https://fairmile.example'
/** What owners choose behind their links. */
export const chosen = 'a password that I chose'
const linkIn = /https:\/\/fairmile\.example\/set-password#([\w-]{43})/g

/** An app that mails links through a real mail server, and an admin who is logged in. */
export async function passwordRig(db: Database, deps: Partial<AppDeps> = {}) {
  const secret = new Uint8Array(32).fill(5)
  const linkTokens = createLinkTokens(secret)
  const mail = await startMailServer()
  after(() => mail.close())
  /** How far the clock of the mails is ahead: what waits for another try becomes due. */
  let aheadMs = 0
  const now = () => Date.now() + aheadMs
  const sender = createSender({
    ...{ db, now, counter: createOutcomes().counter, log: createLog({ level: 'silent' }) },
    channels: [
      createMailChannel({
        ...{ db, url: mail.url, from: 'no-reply@fairmile.example', publicUrl, linkTokens, now },
        tokens: createUnsubscribeTokens(secret),
      }),
    ],
  })
  after(() => sender.stop())
  const { app, sessions } = createTestApp(db, { passwordLinks: linkTokens, ...deps })
  const admin = caller(app, (await sessions.issue(await addUser(db, 'admin@example.org'))).token)
  const anyone = caller(app)
  return {
    ...{ app, sessions, admin, anyone, mail, linkTokens },
    /** Sends what is due, up to so many ms from now; gives the mails of it. */
    newMails: async (untilMs = 0) => {
      const before = mail.mails.length
      aheadMs = untilMs
      await sender.drain()
      return mail.mails.slice(before)
    },
    ask: (email: string) => anyone('POST', '/api/v1/auth/password-links', { email }),
    setPassword: (token: string, password = chosen) => anyone('POST', '/api/v1/auth/password', { token, password }),
    logIn: (email: string, password = chosen) => anyone('POST', '/api/v1/auth/login', { email, password }),
    rowOf: async (email: string) => {
      const [row] = await db.select().from(users).where(eq(users.email, email))
      return row ?? assert.fail(`there is no log-in "${email}"`)
    },
  }
}

/** The token of the one link in a mail, which its text and its HTML have alike. */
export function tokenIn({ text }: { text: string } = { text: '' }): string {
  const found = new Set([...text.matchAll(linkIn)].map(([, token]) => token))
  const [token, ...more] = found
  assert.ok(token !== undefined && more.length === 0, `one link is in ${text}`)
  return token
}
