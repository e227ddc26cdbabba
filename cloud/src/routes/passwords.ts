import { AskPasswordLinkBody, UsePasswordLinkBody } from '@fairmile/contract/http/auth.ts'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { createAskPasswordLink } from '../auth/ask-password-link.ts'
import type { LinkTokens } from '../auth/link-tokens.ts'
import type { Sessions } from '../auth/sessions.ts'
import { usePasswordLink } from '../auth/use-password-link.ts'
import type { Database } from '../db/database.ts'
import { jsonRequest, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'

const ask = createRoute({
  operationId: 'askPasswordLink',
  method: 'post',
  path: '/api/v1/auth/password-links',
  tags: ['auth'],
  summary:
    'Ask for a link to a new password: it goes to the address where that has a log-in, and the answer does not say',
  request: { body: jsonRequest(AskPasswordLinkBody) },
  responses: {
    202: { description: 'A link is on its way, where the address has a log-in that is not disabled' },
    ...problems('conflict', 'validation', 'too-many-requests'),
  },
})

const use = createRoute({
  operationId: 'usePasswordLink',
  method: 'post',
  path: '/api/v1/auth/password',
  tags: ['auth'],
  summary: 'Set the password of a log-in by a link from a mail: it works once, and the sessions end',
  request: { body: jsonRequest(UsePasswordLinkBody) },
  responses: {
    204: { description: 'The password is set' },
    ...problems('not-found', 'validation', 'too-many-requests'),
  },
})

interface PasswordOptions {
  readonly db: Database
  readonly sessions: Pick<Sessions, 'forget'>
  /** Null: no link can be sent. */
  readonly links: LinkTokens | null
  /** Wall clock, epoch ms. */
  readonly now?: (() => number) | undefined
}

/** Passwords set by their owners, through links that were mailed to them. */
export function passwordRoutes({ db, sessions, links, now = Date.now }: PasswordOptions): OpenAPIHono<AppEnv> {
  const askForLink = links && createAskPasswordLink({ db, tokens: links, now })
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(ask, async (c) => {
      if (!askForLink)
        throw new ProblemError('conflict', 'This service sends no e-mails: ask an admin for a new password.')
      await askForLink({ email: c.req.valid('json').email, address: c.get('address') })
      return c.body(null, 202)
    })
    .openapi(use, async (c) => {
      const userId = await usePasswordLink(db, { ...c.req.valid('json'), now: new Date(now()) })
      if (userId === null) throw new ProblemError('not-found', overWords)
      sessions.forget(userId)
      return c.body(null, 204)
    })
}

const overWords =
  'This link is not good any more: it was used, a newer one was sent, or its time is over. Ask for another with "Forgot your password?" at the log-in, and open the newest mail.'
