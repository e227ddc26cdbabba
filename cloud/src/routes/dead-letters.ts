import { DeadLetter } from '@fairmile/contract/http/dead-letters.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { adminOnly } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { json, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'
import { listDeadLetters } from '../ingest/dead-letters.ts'

const list = createRoute({
  method: 'get',
  path: '/api/v1/dead-letters',
  tags: ['devices'],
  summary: 'Messages from devices that could not be stored, the newest first',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { query: PageQuery },
  responses: { 200: json(pageOf(DeadLetter), 'A page'), ...problems('unauthorized', 'forbidden', 'validation') },
})

/** Dead letters: listed for admins. */
export function deadLetterRoutes({ db }: { db: Database }): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid }).openapi(list, async (c) => {
    return c.json(await listDeadLetters(db, c.req.valid('query')), 200)
  })
}
