import type { RewardCatalogue } from '@fairmile/contract/reward-catalogue.ts'
import type { Issuer, PricingModel } from '@fairmile/models/pricing/receipt.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { OpenAPIHono } from '@hono/zod-openapi'
import { readUser } from './auth/guard.ts'
import type { LinkTokens } from './auth/link-tokens.ts'
import type { Login } from './auth/login.ts'
import type { Sessions } from './auth/sessions.ts'
import type { KeyedCertificate } from './broker/certificates.ts'
import { createBulkWorks } from './bulk/bulk-works.ts'
import type { Cache } from './cache/cache.ts'
import { cachedRoutes } from './cache/cached-routes.ts'
import type { CacheCounters } from './cache/counters.ts'
import { rulingsOf } from './contests/rulings-of.ts'
import type { Database } from './db/database.ts'
import { isDatabaseAway } from './db/sql-state.ts'
import type { Replay } from './dead-letters/replay.ts'
import type { DeviceMail } from './devices/mail.ts'
import { answerInTime } from './http/answer-in-time.ts'
import { createReadAsked, type ReadAsked } from './http/asked.ts'
import { cached, givenAgain } from './http/cached.ts'
import { clientAddress } from './http/client-address.ts'
import { completeDescription } from './http/complete-description.ts'
import { counted } from './http/counted.ts'
import { dashboardPages } from './http/dashboard.ts'
import type { AppEnv } from './http/env.ts'
import { idempotent } from './http/idempotency.ts'
import { notFound } from './http/methods.ts'
import { type Check, operations } from './http/operations.ts'
import { answerProblem, databaseAway } from './http/problem.ts'
import { problemPages } from './http/problem-pages.ts'
import { rateLimit } from './http/rate-limit.ts'
import { referencePages } from './http/reference.ts'
import { jsonBody, limitedBody, sameOrigin, strictHeaders } from './http/security.ts'
import { type RateLimits, rateLimitDefaults } from './limits/rate-limits.ts'
import { createRateMemory, type RateStore } from './limits/rate-store.ts'
import type { Tickets } from './live/tickets.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { type Outreach, pagesAlone } from './notify/outreach.ts'
import type { PlanSource } from './plans/plan-source.ts'
import { leftOutTo } from './pricing/left-out-to.ts'
import { createPricePolicy, type PricePolicy } from './pricing/price-policy.ts'
import { createIssuer } from './pricing/receipt-issuer.ts'
import { adminListRoutes } from './routes/admin-lists.ts'
import { adminOverviewRoutes } from './routes/admin-overview.ts'
import { adminUserRoutes } from './routes/admin-users.ts'
import { authRoutes } from './routes/auth.ts'
import { bulkRoutes } from './routes/bulk.ts'
import { cacheRoutes } from './routes/cache.ts'
import { contestRoutes } from './routes/contests.ts'
import { deadLetterRoutes } from './routes/dead-letters.ts'
import { deviceCareRoutes } from './routes/device-care.ts'
import { deviceRoutes } from './routes/devices.ts'
import { domainEventRoutes } from './routes/domain-events.ts'
import { driverRoutes } from './routes/drivers.ts'
import { eventRoutes } from './routes/events.ts'
import { explanationRoutes } from './routes/explanations.ts'
import { exportRoutes } from './routes/exports.ts'
import { featureRoutes } from './routes/features.ts'
import { ledgerRoutes } from './routes/ledger.ts'
import { liveRoutes } from './routes/live.ts'
import { modelRoutes } from './routes/models.ts'
import { notificationDeliveryRoutes } from './routes/notification-deliveries.ts'
import { notificationPreferenceRoutes } from './routes/notification-preferences.ts'
import { notificationRoutes } from './routes/notifications.ts'
import { passwordRoutes } from './routes/passwords.ts'
import { planRoutes } from './routes/plans.ts'
import { policyRoutes } from './routes/policies.ts'
import { policyChangeRoutes } from './routes/policy-changes.ts'
import { pricingRoutes } from './routes/pricing.ts'
import { quoteRoutes } from './routes/quotes.ts'
import { rawChunkRoutes } from './routes/raw-chunks.ts'
import { receiptRootRoutes } from './routes/receipt-roots.ts'
import { reportRoutes } from './routes/reports.ts'
import { rewardAdminRoutes } from './routes/reward-admin.ts'
import { rewardRoutes } from './routes/rewards.ts'
import { riskRoutes } from './routes/risk.ts'
import { riskJobRoutes } from './routes/risk-jobs.ts'
import { schemaRegistryRoutes } from './routes/schema-registry.ts'
import { scoreRoutes } from './routes/scores.ts'
import { statisticsRoutes } from './routes/statistics.ts'
import { telematicsRoutes } from './routes/telematics.ts'
import { tripVersionRoutes } from './routes/trip-versions.ts'
import { tripRoutes } from './routes/trips.ts'
import { unsubscribePages } from './routes/unsubscribe.ts'
import { webhookRoutes } from './routes/webhooks.ts'

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
  /** Ways to people beside the pages. @default none */
  readonly outreach?: Outreach
  /** Makes links by which passwords are set, where they can be mailed. @default null: they cannot */
  readonly passwordLinks?: LinkTokens | null
  /** Proxies in front that write `X-Forwarded-For`. */
  readonly proxies: number
  /** Requests a minute. @default rateLimitDefaults */
  readonly rateLimits?: RateLimits
  /** Where requests are counted. @default in this process */
  readonly rates?: RateStore
  /** The rating plans that price. */
  readonly plans: PlanSource
  /** The database is the embedded one. @default false */
  readonly embedded?: boolean
  /** Wall clock of simulations and of what is asked for a day, epoch milliseconds. @default Date.now */
  readonly now?: () => number
  /** How long a read may take, ms. @default 10,000 */
  readonly answerWithinMs?: number
  /** Who signs receipts. @default a key of this process that is not published */
  readonly issuer?: Issuer | undefined
  /** The driver model that is live now; null where none can be used. */
  readonly model: (db: Database) => Promise<(PricingModel & { readonly infer: Infer }) | null>
  /** What driving earns, and what names on leader boards are drawn with. */
  readonly rewards: { readonly catalogue: RewardCatalogue; readonly secret: Uint8Array; readonly now?: () => number }
  /** Folder of the driver model's versions. @default the models of this release */
  readonly modelsDir?: string
}

/** The HTTP side of the cloud: API, its description, operations and the dashboard. */
export function createApp(deps: AppDeps): OpenAPIHono<AppEnv> {
  const { db, sessions, login, metrics, log, cache, cacheCounters, outreach = pagesAlone } = deps
  const { passwordLinks: links = null } = deps
  const changed = (...tags: string[]) => cache.invalidate({ tags })
  const price = pricer(deps)
  const app = new OpenAPIHono<AppEnv>()

  const readAsked = createReadAsked(app.openAPIRegistry)
  useMiddleware(app, deps, readAsked)

  for (const routes of [
    authRoutes({ login, sessions }),
    passwordRoutes({ db, sessions, links, now: deps.now }),
    driverRoutes({ db, changed, links, now: deps.now }),
    policyRoutes({ db, changed, plans: deps.plans }),
    deviceRoutes({ db, changed, mqttUrl: deps.mqttUrl, authority: deps.authority ?? null }),
    deviceCareRoutes({ db, mail: deps.mail }),
    rawChunkRoutes({ db }),
    deadLetterRoutes({ db, replay: deps.replay }),
    domainEventRoutes({ db }),
    notificationRoutes({ db }),
    notificationPreferenceRoutes({ db, outreach }),
    notificationDeliveryRoutes({ db }),
    webhookRoutes({ db, targets: outreach.targets, now: deps.now }),
    tripRoutes({ db }),
    tripVersionRoutes({ db, changed }),
    statisticsRoutes({ db }),
    eventRoutes({ db }),
    contestRoutes({ db, changed, model: deps.model, plans: deps.plans, now: deps.now }),
    telematicsRoutes({ db, now: deps.now }),
    scoreRoutes({ db }),
    riskRoutes({ db, model: deps.model, now: deps.now }),
    featureRoutes({ db, model: deps.model }),
    riskJobRoutes({ db, sessions }),
    explanationRoutes({ db, model: deps.model, now: deps.now }),
    pricingRoutes({ db, now: deps.now }),
    planRoutes({ db, model: deps.model, now: deps.now }),
    rewardRoutes({ db, changed, ...deps.rewards }),
    rewardAdminRoutes({ db, changed, ...deps.rewards }),
    receiptRootRoutes({ db }),
    ledgerRoutes({ db, changed, price, now: deps.now }),
    policyChangeRoutes({ db, changed, plans: deps.plans, price, now: deps.now }),
    quoteRoutes({ db, plans: deps.plans, model: deps.model, now: deps.now }),
    modelRoutes({ db, changed, modelsDir: deps.modelsDir }),
    cacheRoutes({ cache, counters: cacheCounters }),
    liveRoutes({ tickets: deps.tickets }),
    schemaRegistryRoutes({ db }),
    adminOverviewRoutes({ db, counters: cacheCounters, embedded: deps.embedded ?? false, now: deps.now }),
    adminListRoutes({ db, now: deps.now }),
    adminUserRoutes({ db, sessions, changed, links, now: deps.now }),
    reportRoutes({ db, now: deps.now }),
    bulkRoutes({ db, works: createBulkWorks(deps), now: deps.now }),
    exportRoutes({ db, log, now: deps.now }),
  ])
    app.route('/', routes)

  describe(app)
  app.route('/', operations({ metrics, checks: deps.checks }))
  app.route('/', referencePages())
  app.route('/', problemPages())
  app.route('/', unsubscribePages({ db, tokens: outreach.tokens }))
  app.route('/', dashboardPages({ folder: deps.dashboardDir }))
  app.notFound(notFound(app))
  app.onError((error, c) =>
    answerProblem(c, isDatabaseAway(error) ? databaseAway(error) : error, (cause) =>
      log.error({ error: cause, method: c.req.method, path: c.req.path }, 'request failed'),
    ),
  )
  const { httpRequests: requests } = metrics
  const logLate = (error: unknown, path: string) => log.error({ error, method: 'GET', path }, 'request failed')
  const inTime = answerInTime(app.fetch, { limitMs: deps.answerWithinMs, log: logLate })
  app.fetch = givenAgain(counted(inTime, requests), { cache, sessions, counters: cacheCounters, readAsked, requests })
  return app
}

/** What every request passes on its way to a route, in this order. */
function useMiddleware(app: OpenAPIHono<AppEnv>, deps: AppDeps, readAsked: ReadAsked): void {
  const { db, sessions, metrics, cache, cacheCounters } = deps
  const { now, answerWithinMs: limitMs } = deps
  app.use('/api/*', cached({ cache, sessions, counters: cacheCounters, readAsked, now, limitMs }))
  app.use(strictHeaders)
  app.use('/api/*', async (c, next) => {
    await next()
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store')
  })
  app.use('/api/*', async (c, next) => {
    c.set('address', clientAddress(c, deps))
    await next()
  })
  const { rateLimits: limits = rateLimitDefaults, rates: store = createRateMemory() } = deps
  const limited = rateLimit({ limits, store, refused: metrics.rateLimited })
  app.use('/api/*', limitedBody, sameOrigin, jsonBody, readUser(sessions), limited, idempotent({ db }))
}

/** Prices policies with the model that is live now; null where none can be used. */
function pricer({ model, plans, log, issuer = createIssuer(), now = Date.now }: AppDeps) {
  const means = { plans, issuer, rulings: rulingsOf, leftOut: leftOutTo(log), now }
  return async (db: Database): Promise<PricePolicy | null> => {
    const live = await model(db)
    return live && createPricePolicy({ ...means, model: live })
  }
}

const info = {
  title: 'Fairmile',
  version: '1',
  description: `Trips, risk scores and premiums with receipts.

- **Log in** at \`POST /api/v1/auth/login\`: the session cookie is for pages, the same token as a bearer for programs.
- **Errors** are problem details (RFC 9457), whatever refused the request.
- **Lists** come in pages: \`nextCursor\` of a page is the \`cursor\` of the next, null on the last.
- **What creates** takes an \`Idempotency-Key\`: tried again with the same key, it gives its first answer again for a day.
- **Limits**: \`RateLimit-Policy\` and \`RateLimit\` say what is left; 429 says how long to wait in \`Retry-After\`.
- **Kept answers** (\`x-cache-ttl\`: seconds at most) carry an \`ETag\`: with \`If-None-Match\` the answer is 304 while it holds.`,
  license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
}

/** Gives the description at `/openapi.json`, made once. */
function describe(app: OpenAPIHono<AppEnv>): void {
  const { openAPIRegistry: registry } = app
  registry.registerComponent('securitySchemes', 'cookie', { type: 'apiKey', in: 'cookie', name: 'fairmile_session' })
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  let made: object | null = null
  app.get('/openapi.json', (c) => {
    made ??= completeDescription(app.getOpenAPI31Document({ openapi: '3.1.0', info, servers: [{ url: '/' }] }), {
      cached: cachedRoutes,
    })
    return c.json(made)
  })
}
