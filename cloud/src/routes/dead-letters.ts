import { DeadLetter } from '@fairmile/contract/http/dead-letters.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { desc, lt } from 'drizzle-orm'
import { adminOnly } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { deadLetters } from '../db/schema/devices.ts'
import { json, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { decodeCursor, toPage } from '../http/page.ts'
import { rejectInvalid } from '../http/validation.ts'

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
    const { cursor, limit } = c.req.valid('query')
    const [before] = decodeCursor(cursor, 1) ?? []
    const { id, receivedAt, deviceId, topic, reason, detail, sizeBytes } = deadLetters
    const rows = await db
      .select({ id, receivedAt, deviceId, topic, reason, detail, sizeBytes })
      .from(deadLetters)
      .where(before === undefined ? undefined : lt(id, Number(before)))
      .orderBy(desc(id))
      .limit(limit + 1)
    const page = toPage(rows, {
      limit,
      keyOf: (row) => [String(row.id)],
      itemOf: (row) => ({ ...row, id: String(row.id), receivedAt: row.receivedAt.toISOString() }),
    })
    return c.json(page, 200)
  })
}
