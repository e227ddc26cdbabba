import { DriverId } from '@fairmile/contract/http/ids.ts'
import { DriverReasons } from '@fairmile/contract/http/reasons.ts'
import { WhatIf, WhatIfBody } from '@fairmile/contract/http/what-if.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { loggedIn, notThere, requireOwner } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'
import { driverReasons } from '../risk/driver-reasons.ts'
import { driverWhatIf } from '../risk/driver-what-if.ts'

const oneDriver = z.object({ driverId: DriverId })
const failures = problems('unauthorized', 'not-found', 'validation', 'unavailable')

const reasons = createRoute({
  method: 'get',
  path: '/api/v1/drivers/{driverId}/reasons',
  tags: ['risk'],
  summary:
    "Every feature of a driver's newest score with its exact share, its code and advice; 404 before the first trip",
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: oneDriver },
  responses: { 200: json(DriverReasons, 'The reasons'), ...failures },
})

const ask = createRoute({
  operationId: 'askWhatIf',
  method: 'post',
  path: '/api/v1/drivers/{driverId}/what-if',
  tags: ['risk'],
  summary: 'What score and price would be with other features, or without some events; nothing is stored',
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: oneDriver, body: jsonRequest(WhatIfBody) },
  responses: { 200: json(WhatIf, 'Before, after, and the difference with its interval'), ...failures },
})

interface ExplanationOptions {
  readonly db: Database
  /** The driver model that is live now; null where none can be used. */
  readonly model: (db: Database) => Promise<(PricingModel & { readonly infer: Infer }) | null>
  /** Wall clock, epoch milliseconds. */
  readonly now?: (() => number) | undefined
}

/** Why a driver has their score, and what would change it: asked by the driver. */
export function explanationRoutes({ db, model, now = Date.now }: ExplanationOptions): OpenAPIHono<AppEnv> {
  // The same words for another's score and for none yet.
  const what = (driverId: string): string => `score of "${driverId}" yet; the first one comes with the first trip`
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(reasons, async (c) => {
      const { driverId } = c.req.valid('param')
      requireOwner(c, driverId, what(driverId))
      const found = await driverReasons(db, { driverId, model: await model(db) })
      if (!found) throw notThere(what(driverId))
      return c.json(found, 200)
    })
    .openapi(ask, async (c) => {
      const { driverId } = c.req.valid('param')
      requireOwner(c, driverId, what(driverId))
      const asked = { driverId, ask: c.req.valid('json') }
      const found = await driverWhatIf(db, { ...asked, model: await model(db), nowMs: now() })
      if (!found) throw notThere(what(driverId))
      return c.json(found, 200)
    })
}
