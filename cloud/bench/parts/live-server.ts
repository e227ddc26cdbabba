/** The process of the bench that holds the sockets: the hub, its sockets and its HTTP server as the service has them. */

import { Hono } from 'hono'
import { createSessions } from '../../src/auth/sessions.ts'
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

const [redisUrl = '', sockets = ''] = process.argv.slice(2)
const log = createLog({ level: 'warn' })
const { liveSockets: open, liveDropped: dropped } = createMetrics()
const fanOut = redisUrl ? createRedisFanOut({ url: redisUrl, dropped, log }) : createLocalFanOut()
const hub = createHub({ fanOut })
const revocations = { has: async () => false, add: async () => {} }
const sessions = createSessions({ secret: crypto.getRandomValues(new Uint8Array(32)), revocations })
const tickets = createTickets({ store: createTicketMemory() })
const live = createLiveSockets({ hub, sessions, tickets, open, dropped })
const server = await startServer({ app: new Hono<AppEnv>(), live, host: '127.0.0.1', port: 0 })

const tokens: string[] = []
for (let n = 0; n < Number(sockets); n++) {
  const driverId = driverOf(n)
  const user = { id: `USR-${n}`, email: `${n}@example.org`, name: driverId, role: 'driver' as const, driverId }
  tokens.push((await sessions.issue(user)).token)
}
process.on('message', async (message: 'end' | Parameters<typeof publishEvenly>[1]) => {
  if (message !== 'end') {
    process.send?.({ published: await publishEvenly(hub.publish, message) })
    return
  }
  await server.close()
  await fanOut.close()
  process.disconnect()
})
process.send?.({ url: server.url, tokens })
