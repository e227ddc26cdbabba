import {
  Contest,
  ContestDetail,
  ContestQuery,
  OpenContestBody,
  RuleContestBody,
  WithdrawContestBody,
} from '@fairmile/contract/http/contests.ts'
import { DrivingEventEvidence } from '@fairmile/contract/http/events.ts'
import { ContestId, DriverId, EventId } from '@fairmile/contract/http/ids.ts'
import { PageQuery, pageOf } from '@fairmile/contract/http/page.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { adminOnly, loggedIn, notThere, requireOwner, requireUser } from '../auth/guard.ts'
import { type Changed, tagOf } from '../cache/tags.ts'
import { contestDetail } from '../contests/contest-detail.ts'
import {
  contestOf,
  contestOfEvent,
  contestQueue,
  contestRow,
  contestsOfDriver,
  type Reader,
} from '../contests/contest-queries.ts'
import { effectOf } from '../contests/effect.ts'
import { eventEvidence } from '../contests/event-evidence.ts'
import { openContest } from '../contests/open-contest.ts'
import { ruleContest } from '../contests/rule-contest.ts'
import type { ContestRow } from '../contests/settle-contest.ts'
import { withdrawContest } from '../contests/withdraw-contest.ts'
import type { Database } from '../db/database.ts'
import { requireDriver } from '../drivers/require-driver.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import { getDrivingEvent } from '../trips/event-queries.ts'

const ofEvent = z.object({ eventId: EventId })
const ofContest = z.object({ contestId: ContestId })
const refusals = problems('unauthorized', 'not-found', 'validation')
const conflicts = problems('unauthorized', 'not-found', 'conflict', 'validation')

const evidence = createRoute({
  method: 'get',
  path: '/api/v1/events/{eventId}/trace',
  tags: ['events'],
  summary: 'What an event was judged on: ten seconds on both sides, limit, slope, calibration, grade and its reasons',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: ofEvent },
  responses: { 200: json(DrivingEventEvidence, 'The evidence'), ...refusals },
})

const open = createRoute({
  method: 'post',
  path: '/api/v1/events/{eventId}/contest',
  tags: ['contests'],
  summary: 'Contest an event: it counts for nothing until it is ruled on; once a driver, within 30 days',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: ofEvent, body: jsonRequest(OpenContestBody) },
  responses: { 201: json(Contest, 'The contest'), ...conflicts },
})

const ofDriver = createRoute({
  method: 'get',
  path: '/api/v1/drivers/{driverId}/contests',
  tags: ['contests'],
  summary: "A driver's contests, the newest first",
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: z.object({ driverId: DriverId }), query: PageQuery },
  responses: { 200: json(pageOf(Contest), 'A page'), ...refusals },
})

const queue = createRoute({
  method: 'get',
  path: '/api/v1/contests',
  tags: ['contests'],
  summary: 'Contests of a state, what is due first at the top',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { query: ContestQuery },
  responses: { 200: json(pageOf(Contest), 'A page'), ...problems('unauthorized', 'forbidden', 'validation') },
})

const get = createRoute({
  method: 'get',
  path: '/api/v1/contests/{contestId}',
  tags: ['contests'],
  summary: 'A contest with score and premium before it, while the event was suspended, and after the ruling',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: ofContest },
  responses: { 200: json(ContestDetail, 'The contest'), ...refusals },
})

const rule = createRoute({
  method: 'post',
  path: '/api/v1/contests/{contestId}/rulings',
  tags: ['contests'],
  summary: 'Uphold or reject a contest, with grounds; where much hangs on it a second admin has to say the same',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { params: ofContest, body: jsonRequest(RuleContestBody) },
  responses: { 201: json(ContestDetail, 'The contest after the ruling'), ...conflicts, ...problems('forbidden') },
})

const withdraw = createRoute({
  method: 'post',
  path: '/api/v1/contests/{contestId}/withdrawal',
  tags: ['contests'],
  summary:
    'Take a contest back: the event counts again. Its driver does so alone; the admin who opened it for them says so, and another has to agree',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: ofContest, body: jsonRequest(WithdrawContestBody) },
  responses: { 200: json(ContestDetail, 'The contest'), ...conflicts, ...problems('forbidden') },
})

interface ContestRoutes {
  readonly db: Database
  readonly changed: Changed
  /** The driver model that is live now; null where none can be used. */
  readonly model: (db: Database) => Promise<PricingModel | null>
  readonly plans: PlanSource
  /** Wall clock by which a term to date is priced. */
  readonly now?: (() => number) | undefined
}

/** Contests: opened, followed and taken back by the driver, ruled on by admins. */
export function contestRoutes({ db, changed, model, plans, now = Date.now }: ContestRoutes): OpenAPIHono<AppEnv> {
  const effect = async (row: ContestRow) => effectOf(db, row, { model: await model(db), plans, nowMs: now() })
  const stale = ({ tripId, driverId }: { tripId: string; driverId: string }) =>
    changed(tagOf.trip(tripId), tagOf.driver(driverId))

  /** A contest that may be seen by who asks. */
  async function seen(c: Context<AppEnv>, id: string): Promise<ContestRow> {
    const row = await contestRow(db, id)
    if (!row) throw notThere(`contest "${id}"`)
    requireOwner(c, row.driverId, `contest "${id}"`)
    return row
  }

  const detail = async (id: string, reader: Reader): Promise<ContestDetail> => {
    const found = await contestDetail(db, { id, reader, effect })
    if (!found) throw notThere(`contest "${id}"`)
    return found
  }

  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(evidence, async (c) => {
      const { eventId } = c.req.valid('param')
      const event = await getDrivingEvent(db, eventId)
      const reader = readerOf(c)
      const driverId = reader === 'admin' ? (event?.driverId ?? null) : requireUser(c).driverId
      const found = event && (await eventEvidence(db, eventId, { reader, driverId }))
      if (!found) throw notThere(`event "${eventId}"`)
      // Who said that it was somebody else still sees what it was about.
      const mine = found.contest !== null && found.contest.driverId === requireUser(c).driverId
      if (!mine) requireOwner(c, event.driverId, `event "${eventId}"`)
      return c.json(found, 200)
    })
    .openapi(open, async (c) => {
      const { eventId } = c.req.valid('param')
      const found = await getDrivingEvent(db, eventId)
      const contested = await contestOfEvent(db, { eventId }, 'driver')
      const driverId = found?.driverId ?? contested?.driverId ?? null
      if (!found || driverId === null) throw notThere(`event "${eventId}" of a driver`)
      requireOwner(c, driverId, `event "${eventId}"`)
      const user = requireUser(c)
      const by = { userId: user.id, onBehalf: user.driverId !== driverId }
      const opened = await openContest(db, { eventId, driverId, ask: c.req.valid('json'), by, nowMs: Date.now() })
      await stale({ ...opened, driverId })
      return c.json((await contestOf(db, opened.id, readerOf(c)))!, 201)
    })
    .openapi(ofDriver, async (c) => {
      const { driverId } = c.req.valid('param')
      await requireDriver(c, db, driverId)
      return c.json(await contestsOfDriver(db, driverId, { ...c.req.valid('query'), reader: readerOf(c) }), 200)
    })
    .openapi(queue, async (c) => c.json(await contestQueue(db, c.req.valid('query')), 200))
    .openapi(get, async (c) => {
      const { id } = await seen(c, c.req.valid('param').contestId)
      return c.json(await detail(id, readerOf(c)), 200)
    })
    .openapi(rule, async (c) => {
      const row = await seen(c, c.req.valid('param').contestId)
      const ask = c.req.valid('json')
      const before = row.settledAt ? null : await effect(row)
      const after = await ruleContest(db, { id: row.id, ask, by: byOf(c), nowMs: Date.now(), effect: before })
      await stale(after)
      return c.json(await detail(row.id, 'admin'), 201)
    })
    .openapi(withdraw, async (c) => {
      const row = await seen(c, c.req.valid('param').contestId)
      const by = byOf(c)
      const before = row.settledAt || row.driverId === by.driverId ? null : await effect(row)
      await withdrawContest(db, { id: row.id, ask: c.req.valid('json'), by, nowMs: Date.now(), effect: before })
      await stale(row)
      return c.json(await detail(row.id, readerOf(c)), 200)
    })
}

const readerOf = (c: Context<AppEnv>): Reader => (requireUser(c).role === 'admin' ? 'admin' : 'driver')

const byOf = (c: Context<AppEnv>) => ({ userId: requireUser(c).id, driverId: requireUser(c).driverId })
