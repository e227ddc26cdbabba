import { Hono } from 'hono'
import type { Database } from '../db/database.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { escapeHtml } from '../notify/mail/mail-body.ts'
import type { UnsubscribeTokens, Unsubscription } from '../notify/mail/unsubscribe-token.ts'
import { readPreferences, unsubscribe } from '../notify/preferences.ts'
import { templatesOf } from '../notify/templates/write-words.ts'

/**
 * Ends e-mails by the link in them: a page asks, and a POST does it, whether from that page or from the mail program by itself (RFC 8058).
 * Nobody has to log in, the token says who is meant. It is no route of the API: a mail program sends no JSON.
 */
export function unsubscribePages({ db, tokens }: { db: Database; tokens: UnsubscribeTokens }): Hono<AppEnv> {
  const path = '/unsubscribe/:token'
  const read = (token: string): Unsubscription => {
    const found = tokens.read(token)
    if (!found) throw new ProblemError('not-found', 'This link is not one of ours. Copy it from the e-mail once more.')
    return found
  }
  return new Hono<AppEnv>()
    .get(path, async (c) => {
      const { driverId } = read(c.req.param('token'))
      const { language } = await readPreferences(db, driverId)
      const { unsubscribe: label, unsubscribeQuestion } = templatesOf(language)
      const form = `<form method="post"><button>${escapeHtml(label)}</button></form>`
      return c.html(page(language, `<p>${escapeHtml(unsubscribeQuestion)}</p>${form}`), 200, {
        'cache-control': 'no-store',
      })
    })
    .post(path, async (c) => {
      const { driverId, kind } = read(c.req.param('token'))
      const { language } = await readPreferences(db, driverId)
      await unsubscribe(db, driverId, kind)
      return c.html(page(language, `<p>${escapeHtml(templatesOf(language).unsubscribed)}</p>`), 200, {
        'cache-control': 'no-store',
      })
    })
}

const page = (language: string, body: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Fairmile</title></head><body><main><h1>Fairmile</h1>${body}</main></body></html>`
