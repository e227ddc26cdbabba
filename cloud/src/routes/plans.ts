import {
  ApprovePlanBody,
  PlanDetail,
  PlanList,
  PlanParams,
  SimulatePlanBody,
  SubmitPlanBody,
  WithdrawPlanBody,
} from '@fairmile/contract/http/plans.ts'
import { ratingPlanSchema } from '@fairmile/contract/rating-plan-schema.ts'
import { InvalidPlanError, parseRatingPlan } from '@fairmile/models/pricing/rating-plan.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { adminOnly, loggedIn, notThere, requireUser } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'
import { approvePlan, keepSimulation, submitPlan, withdrawPlan } from '../plans/change-plans.ts'
import { lostKeys } from '../plans/lost-keys.ts'
import { PlanError } from '../plans/plan-error.ts'
import { listPlans, planRow, publicPlan, publicSummary, readPlan } from '../plans/read-plans.ts'
import { simulatePlan } from '../plans/simulate-plan.ts'

const tags = ['plans']
const base = '/api/v1/plans'
const about = { tags, security: loggedInBy }
const forAll = { ...about, middleware: [loggedIn] }
const forAdmins = { ...about, middleware: [adminOnly] }
const refusals = problems('unauthorized', 'forbidden', 'not-found', 'conflict', 'validation')

/** The plan that was meant must be the one that is kept, so no key of the body may be lost as it is parsed. */
const nothingLost: MiddlewareHandler<AppEnv> = async (c, next) => {
  const text = await c.req.text()
  const lost = isJson(text) ? lostKeys(text) : [] // what is no JSON is told by whoever parses it
  if (lost.length === 0) return next()
  const errors = lost.slice(0, 100).map(({ path, message }) => ({ path: `json.${path}`, message }))
  throw new ProblemError('validation', errors.map(({ path, message }) => `${path}: ${message}`).join('; '), { errors })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const list = createRoute({
  ...{ ...forAll, method: 'get', path: base },
  summary: 'Rating plans, the newest first; drafts are seen by admins alone',
  responses: { 200: json(PlanList, 'The plans'), ...problems('unauthorized') },
})
const schema = createRoute({
  ...{ ...forAll, method: 'get', path: `${base}/schema` },
  summary: 'JSON Schema of a rating plan, draft 2020-12',
  responses: {
    200: json(z.record(z.string(), z.any()), 'The schema'),
    ...problems('unauthorized'),
  },
})
const show = createRoute({
  ...{ ...forAll, method: 'get', path: `${base}/{planId}` },
  summary: 'A rating plan with what was done with it; to others than admins what an approved one says, and no more',
  request: { params: PlanParams },
  responses: { 200: json(PlanDetail, 'The plan'), ...problems('unauthorized', 'not-found', 'validation') },
})
const submit = createRoute({
  ...{ ...about, middleware: [adminOnly, nothingLost], method: 'post', path: base },
  summary: 'Submit a rating plan as a draft; over a draft of its id, which must be simulated anew',
  request: { body: jsonRequest(SubmitPlanBody) },
  responses: { 201: json(PlanDetail, 'The draft'), ...problems('unauthorized', 'forbidden', 'conflict', 'validation') },
})
const simulate = createRoute({
  ...{ ...forAdmins, method: 'post', path: `${base}/{planId}/simulate` },
  summary: 'Price the portfolio by the plan, and keep what it would do',
  request: { params: PlanParams, body: jsonRequest(SimulatePlanBody) },
  responses: { 200: json(PlanDetail, 'The plan with the result'), ...refusals, ...problems('unavailable') },
})
const approve = createRoute({
  ...{ ...forAdmins, method: 'post', path: `${base}/{planId}/approve` },
  summary: 'Approve a draft that was simulated; never by whom it was submitted',
  request: { params: PlanParams, body: jsonRequest(ApprovePlanBody) },
  responses: { 200: json(PlanDetail, 'The approved plan'), ...refusals },
})
const withdraw = createRoute({
  ...{ ...forAdmins, method: 'post', path: `${base}/{planId}/withdraw` },
  summary: 'Take no new policies under the plan; those there are go on',
  request: { params: PlanParams, body: jsonRequest(WithdrawPlanBody) },
  responses: { 200: json(PlanDetail, 'The withdrawn plan'), ...refusals },
})

interface PlanRoutesOptions {
  readonly db: Database
  /** The driver model that is live now; null where none can be used. */
  readonly model: (db: Database) => Promise<PricingModel | null>
  /** Wall clock, epoch milliseconds. */
  readonly now?: (() => number) | undefined
}

/** Rating plans: read by everyone, submitted by one admin and approved by another. */
export function planRoutes({ db, model: live, now = Date.now }: PlanRoutesOptions): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(list, async (c) => {
      const isAdmin = requireUser(c).role === 'admin'
      const items = await listPlans(db, { drafts: isAdmin })
      return c.json({ items: isAdmin ? items : items.map(publicSummary) }, 200)
    })
    .openapi(schema, (c) => c.json(ratingPlanSchema(), 200))
    .openapi(show, async (c) => {
      const { planId } = c.req.valid('param')
      const plan = await asProblem(readPlan(db, planId))
      const isAdmin = requireUser(c).role === 'admin'
      if (plan.approvedAt === null && !isAdmin) throw notThere(`rating plan "${planId}"`)
      return c.json(isAdmin ? plan : publicPlan(plan), 200)
    })
    .openapi(submit, async (c) => {
      const { plan, note } = c.req.valid('json')
      const { id } = await asProblem(submitPlan(db, plan, { ...byOf(c), note }))
      return c.json(await readPlan(db, id), 201)
    })
    .openapi(simulate, async (c) => {
      const { planId: id } = c.req.valid('param')
      const { body, hash } = await asProblem(planRow(db, id))
      const model = await live(db)
      if (!model) throw new ProblemError('unavailable', 'No driver model is open, so nothing can be priced.')
      const { assume } = c.req.valid('json')
      const { drivers: _drivers, ...simulation } = await simulatePlan(db, {
        plan: parseRatingPlan(body),
        model,
        assume,
        now: now(),
      })
      await asProblem(keepSimulation(db, { id, hash, simulation, ...byOf(c) }))
      return c.json(await readPlan(db, id), 200)
    })
    .openapi(approve, async (c) => {
      const { planId: id } = c.req.valid('param')
      await asProblem(approvePlan(db, { id, ...c.req.valid('json'), ...byOf(c) }))
      return c.json(await readPlan(db, id), 200)
    })
    .openapi(withdraw, async (c) => {
      const { planId: id } = c.req.valid('param')
      await asProblem(withdrawPlan(db, { id, ...c.req.valid('json'), ...byOf(c) }))
      return c.json(await readPlan(db, id), 200)
    })
}

const byOf = (c: Context<AppEnv>) => ({ by: requireUser(c).email, userId: requireUser(c).id })

const kinds = { missing: 'not-found', forbidden: 'forbidden', conflict: 'conflict' } as const

async function asProblem<T>(change: Promise<T>): Promise<T> {
  try {
    return await change
  } catch (error) {
    if (error instanceof PlanError) throw new ProblemError(kinds[error.kind], error.message)
    if (error instanceof InvalidPlanError)
      throw new ProblemError('validation', error.message, {
        errors: error.problems.map(({ path, message }) => ({ path: `json.plan.${path}`, message })),
      })
    throw error
  }
}
