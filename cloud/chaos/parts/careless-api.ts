/**
 * The control of R9: the API over a cache as it is often written. Every answer is looked up in Redis and kept there, and what Redis does
 * not answer is an error. Prints its address when it is ready.
 */

import { Redis } from 'ioredis'
import { createApp } from '../../src/app.ts'
import { createLogin } from '../../src/auth/login.ts'
import { loadSecret } from '../../src/auth/secret.ts'
import { createSessions } from '../../src/auth/sessions.ts'
import { packAnswer, unpackAnswer } from '../../src/cache/answer.ts'
import type { Cache } from '../../src/cache/cache.ts'
import { createCacheCounters } from '../../src/cache/counters.ts'
import { openDatabase } from '../../src/db/open.ts'
import { createDeviceMail } from '../../src/devices/mail.ts'
import { createHub } from '../../src/live/hub.ts'
import { createLiveSockets } from '../../src/live/sockets.ts'
import { createTicketMemory } from '../../src/live/ticket-memory.ts'
import { createTickets } from '../../src/live/tickets.ts'
import { createLog } from '../../src/log.ts'
import { createMetrics } from '../../src/metrics.ts'
import { loadPlans } from '../../src/pricing/plans.ts'
import { createRedisFanOut } from '../../src/redis/redis-fan-out.ts'
import { loadRewardCatalogue } from '../../src/rewards/load-catalogue.ts'
import { startServer } from '../../src/server.ts'

const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl = '', FAIRMILE_DATA: folder = '' } = process.env
const { FAIRMILE_SECRET_FILE: secretFile = '' } = process.env
const log = createLog({ level: 'silent' })
const metrics = createMetrics()
const { db } = await openDatabase({ url: databaseUrl, folder })
const redis = new Redis(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 0, retryStrategy: () => 100 })
redis.on('error', () => undefined)

const cache: Cache = {
  peek: () => null,
  through: async ({ text, ttlMs }, compute) => {
    const kept = await redis.getBuffer(text)
    const stored = kept && unpackAnswer(kept)
    if (stored) return { answer: stored.answer, outcome: 'far' }
    const answer = await compute()
    if (answer) await redis.set(text, packAnswer(answer, Date.now() + ttlMs), 'PX', ttlMs)
    return { answer, outcome: 'miss' }
  },
  invalidate: async () => void (await redis.flushall()),
  statistics: () => ({ memory: { entries: 0, bytes: 0, maxBytes: 0, evicted: 0 }, redis: null }),
  close: async () => redis.disconnect(),
}
const revocations = { has: async () => false, add: async () => {} }
const sessions = createSessions({ secret: loadSecret(secretFile), revocations })
const tickets = createTickets({ store: createTicketMemory() })
const app = createApp({
  ...{ db, cache, cacheCounters: createCacheCounters(metrics.registry), sessions, tickets, metrics, log },
  login: createLogin({ db }),
  checks: [],
  dashboardDir: '/nowhere',
  mqttUrl: '',
  mail: createDeviceMail({ db, publish: async () => {}, log }),
  replay: async () => Promise.reject(new Error('the control replays nothing')),
  proxies: 0,
  plans: loadPlans(),
  rewards: { catalogue: loadRewardCatalogue(), secret: loadSecret(secretFile) },
  model: async () => null,
})
const hub = createHub({ fanOut: createRedisFanOut({ url: redisUrl, dropped: metrics.liveDropped, log }) })
const { liveSockets: open, liveDropped: dropped } = metrics
const live = createLiveSockets({ hub, sessions, tickets, open, dropped })
const server = await startServer({ app, live, host: '127.0.0.1', port: 0 })
process.stdout.write(`${JSON.stringify({ ready: true, http: server.url })}\n`)
