import type { Issuer } from '@fairmile/models/pricing/receipt.ts'
import { type AppDeps, createApp } from '../app.ts'
import { createLogin } from '../auth/login.ts'
import { createRevocations } from '../auth/revocations.ts'
import { loadSecret } from '../auth/secret.ts'
import { createSessions } from '../auth/sessions.ts'
import type { KeyedCertificate } from '../broker/certificates.ts'
import { replayDeadLetters } from '../dead-letters/replay.ts'
import type { DeviceMail } from '../devices/mail.ts'
import { createLiveSockets } from '../live/sockets.ts'
import { createTicketMemory } from '../live/ticket-memory.ts'
import { createTickets, type Tickets } from '../live/tickets.ts'
import { makeFolder } from '../make-folder.ts'
import type { PlanSource } from '../plans/plan-source.ts'
import { createRedisRates } from '../redis/redis-rates.ts'
import { createRedisTickets } from '../redis/redis-tickets.ts'
import type { ModelShelf } from '../registry/shelf.ts'
import { loadRewardCatalogue } from '../rewards/load-catalogue.ts'
import type { RunningServer } from '../server.ts'
import { checksOf, listen } from './listen.ts'
import { linksOf, outreachOf } from './notifying.ts'
import type { RoleContext } from './role.ts'

interface ApiRole {
  readonly models: ModelShelf | null
  readonly plans: PlanSource
  readonly issuer: Issuer | undefined
  readonly mail: DeviceMail
  /** Where devices reach the broker. */
  readonly mqttUrl: string
  /** Certifies devices at their claim. */
  readonly authority: KeyedCertificate | null
}

/** Serves API, pages, live sockets and operations. */
export async function startApi(
  context: RoleContext,
  { models, plans, issuer, mail, mqttUrl, authority }: ApiRole,
): Promise<RunningServer> {
  const { config, database, metrics, hub, cache, cacheCounters, log } = context
  const { db } = database
  makeFolder(config.dataDir)
  const secret = loadSecret(config.secretFile)
  const sessions = createSessions({ secret, revocations: createRevocations({ db }) })
  const tickets = openTickets(context)
  const app = createApp({
    db,
    cache,
    cacheCounters,
    sessions,
    tickets,
    login: createLogin({ db }),
    metrics,
    log,
    checks: checksOf(context),
    dashboardDir: config.dashboardDir,
    mqttUrl,
    authority,
    mail,
    replay: (options) => replayDeadLetters(database, options),
    outreach: outreachOf(config, secret),
    passwordLinks: linksOf(config, secret),
    proxies: config.proxies,
    rateLimits: config.rateLimits,
    ...openRates(context),
    embedded: database.kind === 'pglite',
    plans,
    rewards: { catalogue: loadRewardCatalogue(), secret },
    issuer,
    // The shelf has logged why none can be used.
    model: async (tx) => (await models?.live(tx).catch(() => null)) ?? null,
  })
  const { liveSockets: open, liveDropped: dropped } = metrics
  const live = createLiveSockets({ hub, sessions, tickets, open, dropped })
  return listen(context, { app, live })
}

function openTickets({ config: { redisUrl: url }, log, parts }: RoleContext): Tickets {
  if (!url) return createTickets({ store: createTicketMemory() })
  const store = createRedisTickets({ url, log })
  parts.defer(() => store.close())
  return createTickets({ store })
}

/** Where requests are counted; this process alone counts them without Redis. */
function openRates({ config: { redisUrl: url }, log, parts }: RoleContext): Pick<AppDeps, 'rates'> {
  if (!url) return {}
  const rates = createRedisRates({ url, log })
  parts.defer(() => rates.close())
  return { rates }
}
