import type { RatingPlan } from '@fairmile/contract/receipt.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { OpenAPIHono } from '@hono/zod-openapi'
import { readUser } from './auth/guard.ts'
import type { Login } from './auth/login.ts'
import type { Sessions } from './auth/sessions.ts'
import type { KeyedCertificate } from './broker/certificates.ts'
import type { Cache } from './cache/cache.ts'
import type { CacheCounters } from './cache/counters.ts'
import type { Database } from './db/database.ts'
import type { Replay } from './dead-letters/replay.ts'
import type { DeviceMail } from './devices/mail.ts'
import { cached } from './http/cached.ts'
import { clientAddress } from './http/client-address.ts'
import { dashboardPages } from './http/dashboard.ts'
import type { AppEnv } from './http/env.ts'
import { idempotent } from './http/idempotency.ts'
import { notFound } from './http/methods.ts'
import { type Check, operations } from './http/operations.ts'
import { answerProblem } from './http/problem.ts'
import { referencePages } from './http/reference.ts'
import { jsonBody, limitedBody, sameOrigin, strictHeaders } from './http/security.ts'
import type { Tickets } from './live/tickets.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { authRoutes } from './routes/auth.ts'
import { cacheRoutes } from './routes/cache.ts'
import { deadLetterRoutes } from './routes/dead-letters.ts'
import { deviceCareRoutes } from './routes/device-care.ts'
import { deviceRoutes } from './routes/devices.ts'
import { domainEventRoutes } from './routes/domain-events.ts'
import { driverRoutes } from './routes/drivers.ts'
import { eventRoutes } from './routes/events.ts'
import { explanationRoutes } from './routes/explanations.ts'
import { featureRoutes } from './routes/features.ts'
import { liveRoutes } from './routes/live.ts'
import { modelRoutes } from './routes/models.ts'
import { notificationRoutes } from './routes/notifications.ts'
import { policyRoutes } from './routes/policies.ts'
import { pricingRoutes } from './routes/pricing.ts'
import { rawChunkRoutes } from './routes/raw-chunks.ts'
import { riskRoutes } from './routes/risk.ts'
import { riskJobRoutes } from './routes/risk-jobs.ts'
import { schemaRegistryRoutes } from './routes/schema-registry.ts'
import { scoreRoutes } from './routes/scores.ts'
import { statisticsRoutes } from './routes/statistics.ts'
import { telematicsRoutes } from './routes/telematics.ts'
import { tripVersionRoutes } from './routes/trip-versions.ts'
import { tripRoutes } from './routes/trips.ts'

export interface AppDeps {
  readonly db: Database
  readonly sessions: Sessions
  readonly login: Login
  readonly metrics: Metrics
  readonly cache: Cache
  readonly cacheCounters: CacheCounters
  /** For live sockets. */
  readonly tickets: Tickets
  readonly log: Log
  /** What `/ready` asks. */
  readonly checks: readonly Check[]
  /** Folder of the built dashboard. */
  readonly dashboardDir: string
  /** Where devices reach the broker, `mqtt://…`. */
  readonly mqttUrl: string
  /** Certifies devices at their claim. @default none: they log in by password alone */
  readonly authority?: KeyedCertificate | null
  /** The way to devices. */
  readonly mail: DeviceMail
  /** Runs dead letters through ingest again. */
  readonly replay: Replay
  /** Proxies in front that write `X-Forwarded-For`. */
  readonly proxies: number
  /** The rating plans that there are, by id. */
  readonly plans: ReadonlyMap<string, RatingPlan>
  /** The driver model that is live now; null where none can be used. */
  readonly model: (db: Database) => Promise<(PricingModel & { readonly infer: Infer }) | null>
  /** Folder of the driver model's versions. @default the models of this release */
  readonly modelsDir?: string
}

/** The HTTP side of the cloud: API, its description, operations and the dashboard. */
export function createApp(deps: AppDeps): OpenAPIHono<AppEnv> {
  const { db, sessions, login, metrics, log, cache, cacheCounters } = deps
  const changed = (...tags: string[]) => cache.invalidate({ tags })
  const app = new OpenAPIHono<AppEnv>()

  app.use(async (c, next) => {
    await next()
    metrics.httpRequests.inc({ method: c.req.method, status: String(c.res.status) })
  })
  app.use('/api/*', cached({ cache, sessions, counters: cacheCounters }))
  app.use(strictHeaders)
  app.use('/api/*', async (c, next) => {
    await next()
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store')
  })
  app.use('/api/*', async (c, next) => {
    c.set('address', clientAddress(c, deps))
    await next()
  })
  app.use('/api/*', limitedBody, sameOrigin, jsonBody, readUser(sessions), idempotent({ db }))

  for (const routes of [
    authRoutes({ login, sessions }),
    driverRoutes({ db, changed }),
    policyRoutes({ db, changed, planIds: [...deps.plans.keys()] }),
    deviceRoutes({ db, changed, mqttUrl: deps.mqttUrl, authority: deps.authority ?? null }),
    deviceCareRoutes({ db, mail: deps.mail }),
    rawChunkRoutes({ db }),
    deadLetterRoutes({ db, replay: deps.replay }),
    domainEventRoutes({ db }),
    notificationRoutes({ db }),
    tripRoutes({ db }),
    tripVersionRoutes({ db, changed }),
    statisticsRoutes({ db }),
    eventRoutes({ db }),
    telematicsRoutes({ db }),
    scoreRoutes({ db, plans: deps.plans }),
    riskRoutes({ db, model: deps.model, plans: deps.plans }),
    featureRoutes({ db, model: deps.model }),
    riskJobRoutes({ db }),
    explanationRoutes({ db, model: deps.model, plans: deps.plans }),
    pricingRoutes({ db }),
    modelRoutes({ db, changed, modelsDir: deps.modelsDir }),
    cacheRoutes({ cache, counters: cacheCounters }),
    liveRoutes({ tickets: deps.tickets }),
    schemaRegistryRoutes({ db }),
  ])
    app.route('/', routes)

  describe(app)
  app.route('/', operations({ metrics, checks: deps.checks }))
  app.route('/', referencePages())
  app.route('/', dashboardPages({ folder: deps.dashboardDir }))
  app.notFound(notFound(app))
  app.onError((error, c) =>
    answerProblem(c, error, (cause) =>
      log.error({ error: cause, method: c.req.method, path: c.req.path }, 'request failed'),
    ),
  )
  return app
}

/** Health, readiness and metrics alone: for a process that serves no requests. */
export function createOperationsApp(deps: Pick<AppDeps, 'metrics' | 'checks'>): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>()
  app.route('/', operations(deps))
  app.notFound(notFound(app))
  return app
}

function describe(app: OpenAPIHono<AppEnv>): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'cookie', {
    type: 'apiKey',
    in: 'cookie',
    name: 'fairmile_session',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Fairmile',
      version: '1',
      description:
        'Trips, risk scores and premiums with receipts. Errors are problem details (RFC 9457). What creates takes an `Idempotency-Key`.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
  })
}
