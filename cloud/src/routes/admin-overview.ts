import { AdminOverview } from '@fairmile/contract/http/admin-overview.ts'
import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'
import { adminOverview } from '../admin/overview.ts'
import { adminOnly } from '../auth/guard.ts'
import type { CacheCounters } from '../cache/counters.ts'
import { hitRateOf, routeCounts } from '../cache/route-counts.ts'
import { type Database, selectRows } from '../db/database.ts'
import { measureLag } from '../events/lag.ts'
import { json, loggedInBy, problems } from '../http/describe.ts'
import type { AppEnv } from '../http/env.ts'
import { listJobs } from '../jobs/list-jobs.ts'

const overview = createRoute({
  operationId: 'getAdminOverview',
  method: 'get',
  path: '/api/v1/admin/overview',
  tags: ['admin'],
  summary:
    'The portfolio and the service at a glance: drivers, scores, premiums, 30 days of driving, queues, jobs, database',
  security: loggedInBy,
  middleware: [adminOnly] as const,
  responses: { 200: json(AdminOverview, 'As it is, a minute old at most'), ...problems('unauthorized', 'forbidden') },
})

interface OverviewOptions {
  readonly db: Database
  readonly counters: CacheCounters
  readonly embedded: boolean
  /** Wall clock, epoch milliseconds. */
  readonly now?: (() => number) | undefined
}

/** The overview, for admins. */
export function adminOverviewRoutes({ db, counters, embedded, now = Date.now }: OverviewOptions): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>().openapi(overview, async (c) => {
    const portfolio = await adminOverview(db, { nowMs: now() })
    const [deliveries, jobs, store] = [await measureLag(db), await listJobs(db), await storeOf(db)]
    const health: AdminOverview['health'] = {
      deliveries: deliveries.toSorted((a, b) => a.consumer.localeCompare(b.consumer)),
      deadLetters: { waiting: store?.letters ?? 0, newestAt: store?.newestAt ?? null },
      jobs: jobs.map(({ job, does, state, endedAt, error }) => ({ job, does, state, endedAt, error })),
      cacheHitRate: hitRateOf(await routeCounts(counters)),
      database: { kind: embedded ? 'embedded' : 'server', sizeBytes: store?.sizeBytes ?? 0 },
    }
    return c.json({ ...portfolio, health }, 200)
  })
}

async function storeOf(db: Database) {
  const [found] = await selectRows<{ letters: number; newestAt: string | null; sizeBytes: number }>(
    db,
    sql`
      SELECT count(*)::int AS letters, pg_database_size(current_database())::float8 AS "sizeBytes",
        to_char(max(received_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "newestAt"
      FROM dead_letters WHERE replayed_at IS NULL`,
  )
  return found
}
