import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { User } from '@fairmile/contract/http/auth.ts'
import { Hono } from 'hono'
import { WebSocket } from 'ws'
import { createSessions, type Revocations, revocationBoundMs } from '../src/auth/sessions.ts'
import type { AppEnv } from '../src/http/env.ts'
import { createLocalFanOut } from '../src/live/fan-out.ts'
import { createHub } from '../src/live/hub.ts'
import { createLiveSockets } from '../src/live/sockets.ts'
import { createTicketMemory } from '../src/live/ticket-memory.ts'
import { createTickets } from '../src/live/tickets.ts'
import { createMetrics } from '../src/metrics.ts'
import { startServer } from '../src/server.ts'

const count = 60

/** Revocations that answer a turn later; counts how many are asked for at once. */
function revocationsOf(ended: Set<string>) {
  let asking = 0
  const counts = { most: 0, users: new Set<string>() }
  const revocations: Revocations = {
    has: async (_hash, { userId }) => {
      counts.users.add(userId)
      counts.most = Math.max(counts.most, ++asking)
      await nextTurn()
      asking--
      return ended.has(userId)
    },
    add: async () => {},
  }
  return { revocations, counts }
}

test('live sockets ask for their sessions one after the other, and end one that ended elsewhere', async () => {
  const clock = { aheadMs: 0 }
  const ended = new Set<string>()
  const { revocations, counts } = revocationsOf(ended)
  const sessions = createSessions({
    ...{ secret: new Uint8Array(32).fill(7), revocations },
    monotonicMs: () => performance.now() + clock.aheadMs,
  })
  const { liveSockets: open, liveDropped: dropped } = createMetrics()
  const tickets = createTickets({ store: createTicketMemory() })
  const hub = createHub({ fanOut: createLocalFanOut() })
  const live = createLiveSockets({ hub, sessions, tickets, open, dropped, heartBeatMs: 300 })
  const server = await startServer({ app: new Hono<AppEnv>(), live, host: '127.0.0.1', port: 0 })
  after(() => server.close())
  const connect = async (n: number): Promise<WebSocket> => {
    const user: User = { id: `USR-${n}`, role: 'driver', driverId: `DRV-${n}`, name: 'A', email: `${n}@example.org` }
    const { token } = await sessions.issue(user)
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/v1/live`, {
      headers: { authorization: `Bearer ${token}` },
    })
    await once(socket, 'open')
    return socket
  }
  const clients: WebSocket[] = []
  for (let n = 0; n < count; n++) clients.push(await connect(n))

  Object.assign(counts, { most: 0, users: new Set() })
  ended.add('USR-3')
  const [code] = await Promise.all([
    once(clients[3] ?? assert.fail(), 'close').then(([told]) => told),
    (async () => {
      clock.aheadMs = revocationBoundMs
      while (counts.users.size < count) await nextTurn()
    })(),
  ])
  assert.equal(code, 4401)
  assert.ok(counts.most < count / 4, `${counts.most} at once`)
  for (const socket of clients) socket.terminate()
})
