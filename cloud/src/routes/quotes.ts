import { TripId } from '@fairmile/contract/http/ids.ts'
import { Quote, QuoteBody, TripPremium } from '@fairmile/contract/http/pricing.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { eq } from 'drizzle-orm'
import { loggedIn, notThere, requireOwner } from '../auth/guard.ts'
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
    'What the term to date costs with a trip and without it, for the driver whose policy pays for it; 404 for a trip that is in no price',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: z.object({ tripId: TripId }) },
  responses: { 200: json(TripPremium, 'Both premiums'), ...problems('unauthorized', 'not-found', 'validation') },
})

interface QuoteRoutesOptions {
  readonly db: Database
  readonly plans: PlanSource
  readonly model: (db: Database) => Promise<LiveModel | null>
  readonly now?: () => number
}

/** Prices that bind nobody: of what might be insured, and of one trip. */
export function quoteRoutes({ db, plans, model, now = Date.now }: QuoteRoutesOptions): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(quoteRoute, async (c) => {
      const body = c.req.valid('json')
      const { driverId, rated } = body
      if (driverId !== undefined) requireOwner(c, driverId, `driver "${driverId}"`)
      const startsOn = new Date(now()).toISOString().slice(0, 10)
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
      const [trip] = await db.select({ policyId: trips.policyId }).from(trips).where(eq(trips.id, tripId))
      // Whoever drove: what a policy costs is for whom it insures.
      requireOwner(c, await driverOfPolicy(db, trip?.policyId ?? null), `price of trip "${tripId}" of yours`)
      const live = await model(db)
      const found =
        trip?.policyId && live
          ? await tripPremium(db, { tripId, policyId: trip.policyId }, { model: live, plans, nowMs: now() })
          : null
      if (!found) throw notThere(`price of trip "${tripId}"; it has not ended, or no policy covers it`)
      return c.json(found, 200)
    })
}
