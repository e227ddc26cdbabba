import { TripId } from '@fairmile/contract/http/ids.ts'
import { Quote, QuoteBody, TripPremium } from '@fairmile/contract/http/pricing.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { eq } from 'drizzle-orm'
import { loggedIn, notThere, requireOwner, requireUser } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'
import { driverOfPolicy } from '../drivers/driver-of-policy.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'
import { planProblem } from '../plans/plan-problem.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import { driverBehaviour } from '../pricing/driver-behaviour.ts'
import type { LiveModel } from '../pricing/price-policy.ts'
import { quote } from '../pricing/quote.ts'
import { tripPremium } from '../pricing/trip-premium.ts'

const quoteRoute = createRoute({
  method: 'post',
  path: '/api/v1/pricing/quote',
  tags: ['pricing'],
  summary:
    'What a term would cost by a plan, for an average driver or by the score of one, with each step; nothing is bound and nothing is kept',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { body: jsonRequest(QuoteBody) },
  responses: { 200: json(Quote, 'The quote'), ...problems('unauthorized', 'not-found', 'validation', 'unavailable') },
})

const ofTrip = createRoute({
  method: 'get',
  path: '/api/v1/trips/{tripId}/premium',
  tags: ['pricing'],
  summary:
    'What the term to date costs with a trip and without it, for the driver whose policy pays for it; null for a trip that is in no price of theirs',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: z.object({ tripId: TripId }) },
  responses: {
    200: json(TripPremium.nullable(), 'Both premiums'),
    ...problems('unauthorized', 'not-found', 'validation'),
  },
})

interface QuoteRoutesOptions {
  readonly db: Database
  readonly plans: PlanSource
  readonly model: (db: Database) => Promise<LiveModel | null>
  /** Wall clock, UTC epoch milliseconds. @default Date.now */
  readonly now?: (() => number) | undefined
}

/** Prices that bind nobody: of what might be insured, and of one trip. */
export function quoteRoutes({ db, plans, model, now = Date.now }: QuoteRoutesOptions): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(quoteRoute, async (c) => {
      const body = c.req.valid('json')
      const { driverId, rated, startsOn = new Date(now()).toISOString().slice(0, 10) } = body
      if (driverId !== undefined) requireOwner(c, driverId, `driver "${driverId}"`)
      const problem = await planProblem(db, plans, { planId: body.planId, rated: rated ?? {}, startsOn })
      const plan = problem ? undefined : await plans.get(body.planId, db)
      if (!plan) {
        const { path, message } = problem ?? { path: 'planId', message: `there is no rating plan "${body.planId}"` }
        throw new ProblemError('validation', message, { errors: [{ path: `json.${path}`, message }] })
      }
      if (driverId === undefined) return c.json(quote(plan, body, null), 200)
      const behaviour = await driverBehaviour(db, { driverId, plan, rated, model: await model(db) })
      if (!behaviour) throw notThere(`score of "${driverId}" yet; the first one comes with the first trip`)
      return c.json(quote(plan, body, behaviour), 200)
    })
    .openapi(ofTrip, async (c) => {
      const { tripId } = c.req.valid('param')
      const { policyId, driverId } = trips
      const [trip] = await db.select({ policyId, driverId }).from(trips).where(eq(trips.id, tripId))
      if (!trip) throw notThere(`trip "${tripId}"`)
      // Whoever drove: what a policy costs is for whom it insures. To who drove on another's, the trip is in no price.
      const payer = await driverOfPolicy(db, trip.policyId)
      const { role, driverId: reader } = requireUser(c)
      if (role !== 'admin' && (payer === null || reader !== payer)) {
        requireOwner(c, trip.driverId, `trip "${tripId}"`)
        return c.json(null, 200)
      }
      const live = trip.policyId === null ? null : await model(db)
      if (trip.policyId === null || !live) return c.json(null, 200)
      const about = { tripId, policyId: trip.policyId }
      return c.json(await tripPremium(db, about, { model: live, plans, nowMs: now() }), 200)
    })
}
