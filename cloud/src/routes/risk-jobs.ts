import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import { RiskBatchBody, RiskJob, RiskJobFailure, RiskJobId } from '@fairmile/contract/http/risk-jobs.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { adminOnly, notThere, requireUser } from '../auth/guard.ts'
import type { Sessions } from '../auth/sessions.ts'
import { tokenOf } from '../auth/token-of.ts'
import type { Database } from '../db/database.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { decodeCursor, numberOf, toPage } from '../http/page.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'
import { createPlaces } from '../live/places.ts'
import {
  cancelRiskJob,
  findRiskJob,
  newestRiskJobs,
  type RiskJobRow,
  riskJobFailuresOf,
  riskJobFor,
  toldRiskJob,
} from '../risk/batch/jobs.ts'

/** How often a stream looks whether a job went on. */
const lookMs = 500
/** A word at least so often, so that no proxy takes the stream for dead. */
const quietMs = 15_000
/** After this a stream ends; who still listens opens another, as `EventSource` does by itself. */
const longestMs = 3600_000
/** Streams of one user: a tab for each of a few jobs. */
const maxStreamsOfUser = 10

const about = { tags: ['risk'], security: loggedInBy, middleware: [adminOnly] }
const oneJob = { params: z.object({ jobId: RiskJobId }) }
const refusals = problems('unauthorized', 'forbidden', 'validation')
const refusalsOfOne = { ...refusals, ...problems('not-found') }

const calculate = createRoute({
  ...{ ...about, method: 'post', path: '/api/v1/risk/batch-calculate' },
  summary:
    'Calculate the scores of many drivers anew; a job works it off, and each changed score of 30 days is priced anew; scores of other days are in the trend of their period alone',
  request: { body: jsonRequest(RiskBatchBody) },
  responses: {
    202: json(RiskJob, 'The job that was recorded, or an open one that asks for the same'),
    ...refusals,
    ...problems('conflict'),
  },
})

const list = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/risk/jobs' },
  summary: 'Jobs that calculate scores, the newest first',
  request: { query: PageQuery },
  responses: { 200: json(pageOf(RiskJob), 'A page'), ...refusals },
})

const show = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/risk/jobs/{jobId}' },
  summary: 'How far a job is',
  request: oneJob,
  responses: { 200: json(RiskJob, 'The job'), ...refusalsOfOne },
})

const failures = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/risk/jobs/{jobId}/failures' },
  summary: 'Drivers of a job who could not be scored, and why',
  request: { ...oneJob, query: PageQuery },
  responses: { 200: json(pageOf(RiskJobFailure), 'A page'), ...refusalsOfOne },
})

const stream = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/risk/jobs/{jobId}/stream' },
  summary:
    'How far a job is, as it goes on (server-sent events `progress`, and `end` with the last); it ends with the job',
  request: oneJob,
  responses: {
    200: {
      content: { 'text/event-stream': { schema: z.string() } },
      description: 'Events whose data is the job, as JSON',
    },
    ...refusalsOfOne,
  },
})

const cancel = createRoute({
  ...{ ...about, method: 'delete', path: '/api/v1/risk/jobs/{jobId}' },
  summary:
    'Cancel a job: what is stored stays, and it ends after the batch under way; one that has ended stays as it is',
  request: oneJob,
  responses: { 200: json(RiskJob, 'How it stands'), ...refusalsOfOne },
})

interface RiskJobOptions {
  readonly db: Database
  readonly sessions: Pick<Sessions, 'verify'>
}

/** Scores of many drivers at once, for admins. */
export function riskJobRoutes({ db, sessions }: RiskJobOptions): OpenAPIHono<AppEnv> {
  const places = createPlaces(maxStreamsOfUser)
  const found = async (jobId: string) => {
    const job = await findRiskJob(db, numberIn(jobId))
    if (!job) throw notThere(`job "${jobId}"`)
    return job
  }
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(calculate, async (c) => {
      const { driver_ids: ids, period_days: periodDays, batch_size: batchSize } = c.req.valid('json')
      const ask = { driverIds: ids === 'all' ? null : ids, periodDays, batchSize, requestedBy: requireUser(c).email }
      const job = toldRiskJob(await riskJobFor(db, ask, { unbegun: true }))
      c.header('location', `/api/v1/risk/jobs/${job.id}`)
      return c.json(job, 202)
    })
    .openapi(list, async (c) => {
      const { cursor, limit } = c.req.valid('query')
      const [before] = decodeCursor(cursor, 1) ?? []
      const rows = await newestRiskJobs(db, limit + 1, before === undefined ? undefined : numberOf(before))
      return c.json(toPage(rows, { limit, keyOf: ({ id }) => [String(id)], itemOf: toldRiskJob }), 200)
    })
    .openapi(show, async (c) => c.json(toldRiskJob(await found(c.req.valid('param').jobId)), 200))
    .openapi(failures, async (c) => {
      const { cursor, limit } = c.req.valid('query')
      const [after] = decodeCursor(cursor, 1) ?? []
      const { id } = await found(c.req.valid('param').jobId)
      const rows = await riskJobFailuresOf(db, { id, after, limit: limit + 1 })
      return c.json(toPage(rows, { limit, keyOf: ({ driverId }) => [driverId], itemOf: (row) => row }), 200)
    })
    .openapi(stream, async (c) => {
      const { id } = await found(c.req.valid('param').jobId)
      const token = tokenOf(c.req.header('authorization'), c.req.header('cookie')) ?? ''
      const leave = places.take(requireUser(c).id)
      if (!leave) throw tooManyStreams()
      return streamSSE(c, async (out) => {
        try {
          await follow(out, {
            look: () => findRiskJob(db, id),
            goesOn: async () => (await sessions.verify(token)) !== null,
          })
        } finally {
          leave()
        }
      })
    })
    .openapi(cancel, async (c) => {
      const { jobId } = c.req.valid('param')
      const job = await cancelRiskJob(db, numberIn(jobId))
      if (!job) throw notThere(`job "${jobId}"`)
      return c.json(toldRiskJob(job), 200)
    })
}

interface Following {
  readonly look: () => Promise<RiskJobRow | null>
  /** Whether who listens may still do so. */
  readonly goesOn: () => Promise<boolean>
}

/** Tells how far a job is, until it ends, nobody listens any more, or who does may no longer. */
async function follow(out: SSEStreamingApi, { look, goesOn }: Following): Promise<void> {
  const untilMs = performance.now() + longestMs
  let [told, toldMs] = ['', 0]
  while (!out.aborted && performance.now() < untilMs && (await goesOn())) {
    const job = await look()
    if (!job) return
    const data = JSON.stringify(toldRiskJob(job))
    if (job.endedAt) return out.writeSSE({ event: 'end', data })
    if (data !== told || performance.now() - toldMs > quietMs) {
      await out.writeSSE({ event: 'progress', data })
      told = data
      toldMs = performance.now()
    }
    await out.sleep(lookMs)
  }
}

const tooManyStreams = () =>
  new ProblemError('too-many-requests', `A user follows ${maxStreamsOfUser} jobs at most at a time; close a stream.`, {
    headers: { 'retry-after': '5' },
  })

const numberIn = (jobId: string): number => Number(jobId.slice('JOB-'.length))
