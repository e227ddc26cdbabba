import { TripId } from '@fairmile/contract/http/ids.ts'
import { Quote, QuoteBody, TripPremium } from '@fairmile/contract/http/pricing.ts'
import type { RatingPlan } from '@fairmile/contract/receipt.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { eq } from 'drizzle-orm'
import { loggedIn, notThere, requireOwner } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { trips } from '../db/schema/trips.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'
import type { LiveModel } from '../pricing/price-policy.ts'
import { quote } from '../pricing/quote.ts'
import { tripPremium } from '../pricing/trip-premium.ts'

const quoteRoute = createRoute({
  method: 'post',
  path: '/api/v1/pricing/quote',
  tags: ['pricing'],
  summary: 'What a term would cost by a plan, with each step; nothing is bound and nothing is kept',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { body: jsonRequest(QuoteBody) },
  responses: { 200: json(Quote, 'The quote'), ...problems('unauthorized', 'validation') },
})

const ofTrip = createRoute({
  method: 'get',
  path: '/api/v1/trips/{tripId}/premium',
  tags: ['pricing'],
  summary: 'What the term to date costs with a trip and without it; 404 for a trip that is in no price',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: z.object({ tripId: TripId }) },
  responses: { 200: json(TripPremium, 'Both premiums'), ...problems('unauthorized', 'not-found', 'validation') },
})

interface QuoteRoutesOptions {
  readonly db: Database
  readonly plans: ReadonlyMap<string, RatingPlan>
  readonly model: (db: Database) => Promise<LiveModel | null>
  readonly now?: () => number
}

/** Prices that bind nobody: of what might be insured, and of one trip. */
export function quoteRoutes({ db, plans, model, now = Date.now }: QuoteRoutesOptions): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(quoteRoute, (c) => {
      const body = c.req.valid('json')
      const plan = plans.get(body.planId)
      if (!plan) {
        const message = `there is no rating plan "${body.planId}"; there is ${[...plans.keys()].join(', ')}`
        throw new ProblemError('validation', message, { errors: [{ path: 'json.planId', message }] })
      }
      return c.json(quote(plan, body), 200)
    })
    .openapi(ofTrip, async (c) => {
      const { tripId } = c.req.valid('param')
      const { driverId, policyId } = trips
      const [trip] = await db.select({ driverId, policyId }).from(trips).where(eq(trips.id, tripId))
      requireOwner(c, trip?.driverId ?? null, `trip "${tripId}"`)
      const live = await model(db)
      const found =
        trip?.policyId && live
          ? await tripPremium(db, { tripId, policyId: trip.policyId }, { model: live, plans, nowMs: now() })
          : null
      if (!found) throw notThere(`price of trip "${tripId}"; it has not ended, or no policy covers it`)
      return c.json(found, 200)
    })
}
