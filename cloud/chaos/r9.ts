/**
 * R9: Redis is killed and started again, or flushed, by turns, while cars send, clients read and change through the API, and a page hears
 * live messages. Claim: no durable row is lost, at most 0.1 % of the requests fail, no client reads what is older than its own change, and
 * the live feed is back within five seconds of Redis.
 *
 * The control is the API over a cache without a way around it: what Redis does not answer is an error. It must fail requests.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { WebSocket } from 'ws'
import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { createLots } from '../../scripts/chaos/lots.ts'
import { loadSecret } from '../src/auth/secret.ts'
import { createSessions } from '../src/auth/sessions.ts'
import { openDatabase } from '../src/db/open.ts'
import { createLog } from '../src/log.ts'
import { createRedisFanOut } from '../src/redis/redis-fan-out.ts'
import { startApiTraffic } from './parts/api-traffic.ts'
import { checkFleet } from './parts/check-fleet.ts'
import { createCloud } from './parts/cloud.ts'
import { createFleet } from './parts/fleet.ts'
import { registerCars } from './parts/register-cars.ts'
import { createServerProcess } from './parts/server-process.ts'
import { startServers } from './parts/servers.ts'
import { openSite } from './parts/site.ts'
import { until } from './parts/until.ts'

const cars = 20
const load = { batchesPerS: 2, records: 20, tripsPerS: 0.5, alertsPerS: 2 }
/** How often another process publishes a live message, ms. */
const pulseMs = 50
/** Longest wait before the next fault, and longest that Redis stays dead, ms. */
const maxWaitMs = 300
const maxDeadMs = 700
const maxLiveMs = 5_000
const maxFailedShare = 0.001

const options = chaosOptions({
  id: 'R9',
  claim: 'Redis is killed or flushed under traffic: no row is lost, requests go on, the live feed is back within 5 s.',
  control: 'serve the API over a cache without a way around it',
  runs: 50,
  of: 'how often it is killed or flushed',
})
const lots = createLots(options.seed)
await using site = openSite()
const { postgres, mosquitto, redis, env: servers } = await startServers(site)
const secretFile = join(site.folder, 'session.key')
const sessions = createSessions({
  secret: loadSecret(secretFile),
  revocations: { has: async () => false, add: async () => {} },
})
const env = { ...servers, FAIRMILE_SECRET_FILE: secretFile, FAIRMILE_LOG_LEVEL: 'error' }
const inside = createCloud(site, { name: 'inside', env: { ...env, FAIRMILE_ROLES: 'ingest,worker' } })
await inside.start()
const http = await startApi()

const database = await openDatabase({ url: postgres.url, folder: site.folder })
site.defer(() => database.close())
const { db } = database
const identities = await registerCars(db, { count: cars })
const fleet = createFleet({ url: mosquitto.url, identities, seed: options.seed, ackTimeoutMs: 5_000 })
site.defer(() => fleet.close())
await fleet.connected()
const admin = { id: 'USR-R9', email: 'r9@example.org', name: 'R9', role: 'admin' as const, driverId: null }
const { token } = await sessions.issue(admin)
const page = new WebSocket(`${http.replace('http', 'ws')}/api/v1/live`, {
  headers: { authorization: `Bearer ${token}` },
})
site.defer(() => page.terminate())
let heardMs = 0
page.on('message', (data) => {
  if (String(data).includes('"risk_score_update"')) heardMs = performance.now()
})
// A live feed of a process of its own, so that what is measured is not how busy ingest is.
const dropped = { inc: () => {} } as never
const pulse = createRedisFanOut({ url: redis.url, dropped, log: createLog({ level: 'silent' }) })
const score = { type: 'risk_score_update', driverId: 'DRV-R9', risk: 1, intervalHalfWidth: 1, tripId: null } as const
const pulses = setInterval(() => pulse.publish({ ...score, at: Date.now() }), pulseMs)
site.defer(async () => {
  clearInterval(pulses)
  await pulse.close()
})
page.on('close', (code, reason) => options.say(`the page's socket was closed: ${code} ${reason}`))
const stop = new AbortController()
const loading = fleet.load({ ...load, signal: stop.signal })
await until('the first live message', () => heardMs > 0)
const traffic = startApiTraffic({ http, token, driverIds: identities.map(({ driverId }) => driverId) })
const other = new Redis(redis.url, { retryStrategy: () => 20 })
other.on('error', () => undefined)
site.defer(() => other.disconnect())

const found = { kills: 0, flushes: 0, liveMaxMs: 0 }
for (let run = 0; run < options.runs; run++) {
  await wait(lots.below(maxWaitMs))
  if (run % 2 === 0) {
    await redis.kill()
    await wait(lots.below(maxDeadMs))
    await redis.start()
    found.kills++
  } else {
    await until('a flush', () => other.flushall().catch(() => null))
    found.flushes++
  }
  const backMs = performance.now()
  await until('a live message', () => heardMs > backMs || performance.now() - backMs > 2 * maxLiveMs)
  found.liveMaxMs = Math.max(found.liveMaxMs, Math.round((heardMs > backMs ? heardMs : performance.now()) - backMs))
  if ((run + 1) % 5 === 0)
    options.say(
      `${run + 1} faults, live again after ${found.liveMaxMs} ms at most, ${traffic.requests} requests, ${traffic.failed} failed`,
    )
}
await traffic.stop()
stop.abort()
await loading
await fleet.drained({ timeoutMs: 600_000 })
const { examples, ...counts } = await checkFleet(db, fleet.cars)
for (const example of examples) options.say(example)
const { requests, failed, stale } = traffic
const passed =
  counts.lost === 0 &&
  counts.duplicated === 0 &&
  failed <= requests * maxFailedShare &&
  stale === 0 &&
  found.liveMaxMs <= maxLiveMs
verdict('R9', options, passed, { ...found, requests, failed, stale, ...counts })

/** Starts the API as it is, or for the control as it should not be; gives its address. */
async function startApi(): Promise<string> {
  if (!options.control) {
    const api = createCloud(site, { name: 'api', env: { ...env, FAIRMILE_ROLES: 'api' } })
    await api.start()
    return api.http
  }
  const program = fileURLToPath(new URL('parts/careless-api.ts', import.meta.url))
  const careless = createServerProcess({
    ...{ site, name: 'careless-api', command: process.execPath, args: [program] },
    env: { ...env, FAIRMILE_DATA: site.folder },
    ready: '"ready":true',
  })
  return JSON.parse(await careless.start()).http
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
