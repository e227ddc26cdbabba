import { CacheInvalidation, CacheStatistics } from '@fairmile/contract/http/cache.ts'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { adminOnly } from '../auth/guard.ts'
import type { Cache } from '../cache/cache.ts'
import type { CacheCounters } from '../cache/counters.ts'
import { isPathPattern } from '../cache/glob.ts'
import { routeCounts } from '../cache/route-counts.ts'
import { json, jsonRequest, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { rejectInvalid } from '../http/validation.ts'

const tags = ['admin']

const statistics = createRoute({
  operationId: 'getCache',
  method: 'get',
  path: '/api/v1/cache',
  tags,
  summary: 'What the cache of this process holds, and how often each route was answered from it',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  responses: { 200: json(CacheStatistics, 'The counts'), ...problems('unauthorized', 'forbidden') },
})

const invalidate = createRoute({
  method: 'post',
  path: '/api/v1/cache/invalidate',
  tags,
  summary:
    'Have answers computed anew, by tag (`driver:DRV-0001`) or by a pattern of paths (`/api/v1/drivers/*/score`), in every process',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  request: { body: jsonRequest(CacheInvalidation) },
  responses: { 204: { description: 'Done' }, ...problems('unauthorized', 'forbidden', 'validation') },
})

/** The cache, for admins. */
export function cacheRoutes({ cache, counters }: { cache: Cache; counters: CacheCounters }): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
    .openapi(statistics, async (c) => c.json({ ...cache.statistics(), routes: await routeCounts(counters) }, 200))
    .openapi(invalidate, async (c) => {
      const what = c.req.valid('json')
      if ('pattern' in what && !isPathPattern(what.pattern)) {
        const message = 'a pattern has five stars at most'
        throw new ProblemError('validation', message, { errors: [{ path: 'json.pattern', message }] })
      }
      await cache.invalidate(what)
      return c.body(null, 204)
    })
}
