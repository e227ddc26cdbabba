import {
  BulkBody,
  BulkItem,
  BulkParams,
  BulkPreview,
  BulkRun,
  BulkRunParams,
  maxBulkItems,
  StartBulkBody,
} from '@fairmile/contract/http/bulk.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { adminOnly, notThere, requireUser } from '../auth/guard.ts'
import type { BulkWorks } from '../bulk/bulk-works.ts'
import { previewBulk } from '../bulk/preview-bulk.ts'
import { listBulkItems, listBulkRuns, readBulkRun } from '../bulk/read-bulk.ts'
import { type Started, startBulk } from '../bulk/start-bulk.ts'
import type { Database } from '../db/database.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'

const about = { tags: ['admin'], security: loggedInBy, middleware: [adminOnly] }
const path = '/api/v1/admin/bulk'
/** What changed since a preview, named one by one. */
const movedShown = 20

const preview = createRoute({
  ...{ ...about, method: 'post', path: `${path}/{action}/preview` },
  operationId: 'previewBulk',
  summary:
    'What an action would change: how much, the first of it, what it would leave out; its token starts exactly that',
  request: { params: BulkParams, body: jsonRequest(BulkBody) },
  responses: { 200: json(BulkPreview, 'Nothing was changed'), ...problems('unauthorized', 'forbidden', 'validation') },
})
const start = createRoute({
  ...{ ...about, method: 'post', path: `${path}/{action}` },
  operationId: 'startBulk',
  summary: 'Do what a preview showed, as a job; refused where its selection is another by now',
  request: { params: BulkParams, body: jsonRequest(StartBulkBody) },
  responses: {
    202: json(BulkRun, 'It waits for a worker'),
    ...problems('unauthorized', 'forbidden', 'not-found', 'conflict', 'validation'),
  },
})
const list = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/admin/bulk-runs' },
  summary: 'Runs of bulk actions, the newest first, and how far they are',
  request: { query: PageQuery },
  responses: { 200: json(pageOf(BulkRun), 'A page'), ...problems('unauthorized', 'forbidden', 'validation') },
})
const show = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/admin/bulk-runs/{runId}' },
  summary: 'A run and how far it is',
  request: { params: BulkRunParams },
  responses: { 200: json(BulkRun, 'The run'), ...problems('unauthorized', 'forbidden', 'not-found', 'validation') },
})
const items = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/admin/bulk-runs/{runId}/items' },
  summary: 'What became of each thing of a run',
  request: { params: BulkRunParams, query: PageQuery },
  responses: { 200: json(pageOf(BulkItem), 'A page'), ...problems('unauthorized', 'forbidden', 'validation') },
})

interface BulkOptions {
  readonly db: Database
  readonly works: BulkWorks
  /** Wall clock, epoch milliseconds. */
  readonly now?: (() => number) | undefined
}

/** Actions on many things at once: previewed, then done exactly so. */
export function bulkRoutes({ db, works, now = Date.now }: BulkOptions): OpenAPIHono<AppEnv> {
  const read = async (runId: string) => {
    const run = await readBulkRun(db, runId)
    if (!run) throw notThere(`run "${runId}"`)
    return run
  }
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(preview, async (c) => {
      const { action } = c.req.valid('param')
      const body = works[action].body.safeParse(c.req.valid('json'))
      if (!body.success) {
        const message = `this is not what ${action} takes`
        throw new ProblemError('validation', message, { errors: [{ path: 'json', message }] })
      }
      const by = requireUser(c).email
      const made = await previewBulk(db, { works, action, body: body.data, by, now: now() })
      if (made) return c.json(made, 200)
      const message = `the selection has more than ${maxBulkItems}: narrow it`
      throw new ProblemError('validation', message, { errors: [{ path: 'json', message }] })
    })
    .openapi(start, async (c) => {
      const { action } = c.req.valid('param')
      const { token } = c.req.valid('json')
      refuse(await startBulk(db, { works, action, token, by: requireUser(c).email, now: now() }), token)
      return c.json(await read(token), 202)
    })
    .openapi(list, async (c) => c.json(await listBulkRuns(db, c.req.valid('query')), 200))
    .openapi(show, async (c) => c.json(await read(c.req.valid('param').runId), 200))
    .openapi(items, async (c) => c.json(await listBulkItems(db, c.req.valid('param').runId, c.req.valid('query')), 200))
}

/** @throws ProblemError where nothing was started */
function refuse(started: Started, token: string): void {
  if (started === 'started') return
  if (started === 'unknown') throw notThere(`preview "${token}" of yours`)
  if (started === 'used') throw new ProblemError('conflict', 'This preview was started already.')
  if (started === 'expired') throw new ProblemError('conflict', 'This preview is over an hour old: look again.')
  const { moved } = started
  throw new ProblemError('conflict', `The selection is another than was seen: ${moved.length} of it. Look again.`, {
    errors: moved.slice(0, movedShown).map(({ id, message }) => ({ path: id, message })),
  })
}
