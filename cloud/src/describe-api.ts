import { randomBytes } from 'node:crypto'
import { createApp } from './app.ts'
import { createSessions } from './auth/sessions.ts'
import { createCache } from './cache/cache.ts'
import { createCacheCounters } from './cache/counters.ts'
import { unconnected } from './db/unconnected.ts'
import { createTicketMemory } from './live/ticket-memory.ts'
import { createTickets } from './live/tickets.ts'
import { createLog } from './log.ts'
import { createMetrics } from './metrics.ts'
import { loadPlans } from './pricing/plans.ts'
import { loadRewardCatalogue } from './rewards/load-catalogue.ts'

const closed = () => Promise.reject(new Error('Describing the API: nothing runs behind it'))

/** The API's description, as `/openapi.json` gives it, without a service that runs. */
export async function describeApi(): Promise<Record<string, unknown>> {
  const metrics = createMetrics()
  const cacheCounters = createCacheCounters(metrics.registry)
  const app = createApp({
    db: unconnected(),
    sessions: createSessions({ secret: randomBytes(32), revocations: { has: closed, add: closed } }),
    login: closed,
    metrics,
    cache: createCache({ counters: cacheCounters }),
    cacheCounters,
    tickets: createTickets({ store: createTicketMemory() }),
    log: createLog({ level: 'silent' }),
    checks: [],
    dashboardDir: '',
    mqttUrl: '',
    mail: { greet: closed, changeSettings: closed, command: closed },
    replay: closed,
    proxies: 0,
    plans: loadPlans(),
    model: closed,
    rewards: { catalogue: loadRewardCatalogue(), secret: randomBytes(32) },
  })
  return (await (await app.request('/openapi.json')).json()) as Record<string, unknown>
}
