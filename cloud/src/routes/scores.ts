import { DriverId } from '@fairmile/contract/http/ids.ts'
import { Score } from '@fairmile/contract/http/score.ts'

import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { loggedIn, notThere, requireOwner } from '../auth/guard.ts'
import type { Database } from '../db/database.ts'
import { json, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { rejectInvalid } from '../http/validation.ts'
import { newestScore } from '../risk/score-queries.ts'

const get = createRoute({
  method: 'get',
  path: '/api/v1/drivers/{driverId}/score',
  tags: ['risk'],
  summary:
    "A driver's newest risk score with its interval and reasons, or how many kilometres are missing until one is told; 404 before the first trip",
  security: loggedInBy,
  middleware: [loggedIn] as const,
  request: { params: z.object({ driverId: DriverId }) },
  responses: { 200: json(Score, 'The score'), ...problems('unauthorized', 'not-found', 'validation') },
})

/** Risk scores: read by their driver. */
export function scoreRoutes({ db }: { db: Database }): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid }).openapi(get, async (c) => {
    const { driverId } = c.req.valid('param')
    requireOwner(c, driverId, `driver "${driverId}"`)
    const score = await newestScore(db, driverId)
    if (!score) throw notThere(`score of "${driverId}" yet; the first one comes with the first trip`)
    return c.json(score, 200)
  })
}
