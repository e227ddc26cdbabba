import { DriverId } from '@fairmile/contract/http/ids.ts'
import {
  ScoreBreakdown,
  ScoreComparison,
  ScoreRecommendations,
  ScoreTrend,
  standardPeriodDays,
  TrendQuery,
} from '@fairmile/contract/http/risk.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { loggedIn, notThere, requireOwner } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { requireDriver } from '../drivers/require-driver.ts'
import { json, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'
import { scoreBreakdown, scoreComparison, scoreRecommendations, scoreTrend } from '../risk/risk-queries.ts'

const about = { tags: ['risk'], security: loggedInBy, middleware: [loggedIn] }
const request = { params: z.object({ driverId: DriverId }) }
const failures = problems('unauthorized', 'not-found', 'validation', 'unavailable')

const breakdown = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/drivers/{driverId}/breakdown' },
  summary:
    "A driver's newest score by habits: exact parts, sub-scores, and what each weighs; 404 before the first trip",
  request,
  responses: { 200: json(ScoreBreakdown, 'The breakdown'), ...failures },
})

const comparison = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/drivers/{driverId}/comparison' },
  summary: "Where a driver and each of their features lie in the model's portfolio; 404 before the first trip",
  request,
  responses: { 200: json(ScoreComparison, 'Rank, deciles and features'), ...failures },
})

const recommendations = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/drivers/{driverId}/recommendations' },
  summary:
    'The few habits that would lower the risk most, with what they would change in score and price, and its interval',
  request,
  responses: { 200: json(ScoreRecommendations, 'The strongest first; none where nothing would'), ...failures },
})

const trend = createRoute({
  ...{ ...about, method: 'get', path: '/api/v1/drivers/{driverId}/trend' },
  summary:
    "A driver's safety score by day, with its interval; `periodDays` asks for scores of another period, which are neither shown nor priced",
  request: { ...request, query: TrendQuery },
  responses: {
    200: json(ScoreTrend, 'By day, the oldest first'),
    ...problems('unauthorized', 'not-found', 'validation'),
  },
})

interface RiskRoutesOptions {
  readonly db: Database
  /** The driver model that is live now; null where none can be used. */
  readonly model: (db: Database) => Promise<(PricingModel & { readonly infer: Infer }) | null>
  /** Wall clock by which a policy is in force. @default Date.now */
  readonly now?: (() => number) | undefined
}

/** What stands behind a driver's score: read by its driver and admins. */
export function riskRoutes({ db, model, now = Date.now }: RiskRoutesOptions): OpenAPIHono<AppEnv> {
  // The same words for another's score and for none yet.
  const what = (driverId: string): string => `score of "${driverId}" yet; the first one comes with the first trip`
  const orNone = <T>(found: T | null, driverId: string): T => {
    if (found === null) throw notThere(what(driverId))
    return found
  }
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(breakdown, async (c) => {
      const { driverId } = c.req.valid('param')
      requireOwner(c, driverId, what(driverId))
      return c.json(orNone(await scoreBreakdown(db, { driverId, model: await model(db) }), driverId), 200)
    })
    .openapi(comparison, async (c) => {
      const { driverId } = c.req.valid('param')
      requireOwner(c, driverId, what(driverId))
      return c.json(orNone(await scoreComparison(db, { driverId, model: await model(db) }), driverId), 200)
    })
    .openapi(recommendations, async (c) => {
      const { driverId } = c.req.valid('param')
      requireOwner(c, driverId, what(driverId))
      return c.json(
        orNone(await scoreRecommendations(db, { driverId, model: await model(db), nowMs: now() }), driverId),
        200,
      )
    })
    .openapi(trend, async (c) => {
      const { driverId } = c.req.valid('param')
      await requireDriver(c, db, driverId)
      const query = c.req.valid('query')
      // No event tells of the scores of other periods.
      if (query.periodDays !== standardPeriodDays) c.set('volatile', true)
      return c.json(await scoreTrend(db, { driverId, ...query }), 200)
    })
}
