import type { User } from '@fairmile/contract/http/auth.ts'
import type { Hono } from 'hono'
import { type AppDeps, createApp } from '../src/app.ts'
import { createLogin } from '../src/auth/login.ts'
import { hashPassword } from '../src/auth/passwords.ts'
import { createRevocations } from '../src/auth/revocations.ts'
import { createSessions, type Sessions } from '../src/auth/sessions.ts'
import { createCache } from '../src/cache/cache.ts'
import { createCacheCounters } from '../src/cache/counters.ts'
import type { Database } from '../src/db/database.ts'
import { createDeviceMail } from '../src/devices/mail.ts'
import { insertUser } from '../src/drivers/users.ts'
import type { AppEnv } from '../src/http/env.ts'
import { createTicketMemory } from '../src/live/ticket-memory.ts'
import { createTickets } from '../src/live/tickets.ts'
import { createLog } from '../src/log.ts'
import { createMetrics } from '../src/metrics.ts'
import { loadPlans } from '../src/pricing/plans.ts'
import { loadRewardCatalogue } from '../src/rewards/load-catalogue.ts'

export const password = 'a password of a test'
/** Of the tests' log-ins alone. */
const cheap = { N: 16, r: 1, p: 1 }

/** The app over a real database. */
export function createTestApp(db: Database, deps: Partial<AppDeps> = {}) {
  const sessions = createSessions({ secret: new Uint8Array(32).fill(1), revocations: createRevocations({ db }) })
  const metrics = createMetrics()
  const cacheCounters = createCacheCounters(metrics.registry)
  const cache = createCache({ counters: cacheCounters })
  const tickets = createTickets({ store: createTicketMemory() })
  const app = createApp({
    db,
    cache,
    cacheCounters,
    tickets,
    sessions,
    login: createLogin({ db }),
    metrics,
    log: createLog({ level: 'silent' }),
    checks: [],
    dashboardDir: '/nowhere',
    mqttUrl: 'mqtt://broker.test:1883',
    proxies: 0,
    mail: createDeviceMail({ db, publish: async () => {}, log: createLog({ level: 'silent' }) }),
    replay: () => Promise.reject(new Error('this test replays nothing')),
    plans: loadPlans(),
    rewards: { catalogue: loadRewardCatalogue(), secret: new Uint8Array(32).fill(2) },
    model: async () => null,
    ...deps,
  })
  return { app, sessions, cache, tickets }
}

/** Adds a log-in with the tests' password: a driver's where a driver is named, otherwise an admin's. */
export async function addUser(db: Database, email: string, driverId: string | null = null): Promise<User> {
  const role = driverId === null ? 'admin' : 'driver'
  const user = { email, name: email, role, driverId } as const
  const added = await insertUser(db, user, { hash: await hashPassword(password, cheap), setBy: null })
  if (!added) throw new Error(`"${email}" has a log-in already`)
  return added
}

/** Adds log-ins, each with a session; gives their calls of the app. */
export function callersOf({ db, app, sessions }: { db: Database; app: Hono<AppEnv>; sessions: Sessions }) {
  return async (email: string, driverId: string | null = null) =>
    caller(app, (await sessions.issue(await addUser(db, email, driverId))).token)
}

/** Calls the app as someone; with a body it is sent as JSON. */
export function caller(app: Hono<AppEnv>, token?: string) {
  return async (method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> => {
    const headers = new Headers(token === undefined ? {} : { authorization: `Bearer ${token}` })
    if (body !== undefined) headers.set('content-type', 'application/json')
    const response = await app.request(path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return { status: response.status, body: isJson ? JSON.parse(text) : text }
  }
}
