import {
  DeadLetter,
  DeadLetterDetail,
  DeadLetterFilter,
  DeadLetterParams,
  DeadLetterReplay,
  DeadLetterReplayBody,
} from '@fairmile/contract/http/dead-letters.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { adminOnly, notThere, requireUser } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { listDeadLetters, readDeadLetter, readPayload } from '../dead-letters/read.ts'
import type { Replay } from '../dead-letters/replay.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'

const refusals = problems('unauthorized', 'forbidden', 'validation')
const about = { tags: ['devices'], security: loggedInBy, middleware: [adminOnly] }

const list = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/dead-letters' },
  summary: 'Messages from devices that could not be stored, the newest first',
  request: { query: PageQuery.extend(DeadLetterFilter.shape) },
  responses: { 200: json(pageOf(DeadLetter), 'A page'), ...refusals },
})

const show = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/dead-letters/{letterId}' },
  summary: 'A dead letter, with what its batch says of itself',
  request: { params: DeadLetterParams },
  responses: { 200: json(DeadLetterDetail, 'The letter'), ...refusals, ...problems('not-found') },
})

const payload = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/dead-letters/{letterId}/payload' },
  summary: 'The message of a dead letter as it came',
  request: { params: DeadLetterParams },
  responses: {
    200: {
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
      description: 'Its bytes',
    },
    ...refusals,
    ...problems('not-found'),
  },
})

const replay = createRoute({
  ...{ ...about, method: 'post', path: '/api/v1/dead-letters/replay' },
  summary: 'Run dead letters through ingest again, as if they had just come',
  request: { body: jsonRequest(DeadLetterReplayBody) },
  responses: { 200: json(DeadLetterReplay, 'What became of each'), ...refusals },
})

/** Dead letters, for admins: listed, looked into, and run through ingest again. */
export function deadLetterRoutes({ db, replay: run }: { db: Database; replay: Replay }): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(list, async (c) => c.json(await listDeadLetters(db, c.req.valid('query')), 200))
    .openapi(show, async (c) => {
      const { letterId } = c.req.valid('param')
      const letter = await readDeadLetter(db, Number(letterId))
      if (!letter) throw notThere(`dead letter "${letterId}"`)
      return c.json(letter, 200)
    })
    .openapi(payload, async (c) => {
      const { letterId } = c.req.valid('param')
      const bytes = await readPayload(db, Number(letterId))
      if (!bytes) throw notThere(`payload of a dead letter "${letterId}"`)
      return c.body(new Uint8Array(bytes), 200, {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="dead-letter-${letterId}.bin"`,
      })
    })
    .openapi(replay, async (c) => {
      const by = requireUser(c).email
      return c.json(await run({ ...c.req.valid('json'), by }), 200)
    })
}
