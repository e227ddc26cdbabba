/** The process of the bench that holds the sockets: the hub, its sockets, its sessions and its HTTP server as the service has them. */

import { Hono } from 'hono'
import { createRevocations } from '../../src/auth/revocations.ts'
import { createSessions, type Revocations } from '../../src/auth/sessions.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import { drivers, users } from '../../src/db/schema/people.ts'
import type { AppEnv } from '../../src/http/env.ts'
import { createLocalFanOut } from '../../src/live/fan-out.ts'
import { createHub } from '../../src/live/hub.ts'
import { createLiveSockets } from '../../src/live/sockets.ts'
import { createTicketMemory } from '../../src/live/ticket-memory.ts'
import { createTickets } from '../../src/live/tickets.ts'
import { createLog } from '../../src/log.ts'
import { createMetrics } from '../../src/metrics.ts'
import { createRedisFanOut } from '../../src/redis/redis-fan-out.ts'
import { startServer } from '../../src/server.ts'
import { driverOf, publishEvenly } from './live-load.ts'

/** Rows of one statement. */
const rowsAtOnce = 1_000

const [sockets = '', folder = '', redisUrl = '', databaseUrl = ''] = process.argv.slice(2)
const log = createLog({ level: 'warn' })
const { liveSockets: open, liveDropped: dropped } = createMetrics()
const fanOut = redisUrl ? createRedisFanOut({ url: redisUrl, dropped, log }) : createLocalFanOut()
const hub = createHub({ fanOut })
const database = await openDatabase({ folder, ...(databaseUrl && { url: databaseUrl }) })
await migrate(database)
const kept = createRevocations(database)
let asked = 0
const revocations: Revocations = {
  ...kept,
  has: (...question) => {
    asked++
    return kept.has(...question)
  },
}
const sessions = createSessions({ secret: crypto.getRandomValues(new Uint8Array(32)), revocations })
const tickets = createTickets({ store: createTicketMemory() })
const live = createLiveSockets({ hub, sessions, tickets, open, dropped })
const server = await startServer({ app: new Hono<AppEnv>(), live, host: '127.0.0.1', port: 0 })

const all = Array.from({ length: Number(sockets) }, (_, n) => {
  const driverId = driverOf(n)
  return { id: `USR-${n}`, email: `${n}@example.org`, name: driverId, role: 'driver' as const, driverId }
})
for (let at = 0; at < all.length; at += rowsAtOnce) {
  const some = all.slice(at, at + rowsAtOnce)
  await database.db.insert(drivers).values(some.map(({ driverId }) => ({ id: driverId, name: driverId })))
  await database.db.insert(users).values(some)
}
const tokens: string[] = []
for (const user of all) tokens.push((await sessions.issue(user)).token)
process.on('message', async (message: 'asked' | 'end' | Parameters<typeof publishEvenly>[1]) => {
  if (message === 'asked') {
    process.send?.({ asked })
    return
  }
  if (message !== 'end') {
    process.send?.({ published: await publishEvenly(hub.publish, message) })
    return
  }
  await server.close()
  await fanOut.close()
  await database.close()
  process.disconnect()
})
process.send?.({ url: server.url, tokens })
