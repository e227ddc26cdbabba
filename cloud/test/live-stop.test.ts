import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { after, test } from 'node:test'
import type { User } from '@fairmile/contract/http/auth.ts'
import { Hono } from 'hono'
import { createSessions } from '../src/auth/sessions.ts'
import type { AppEnv } from '../src/http/env.ts'
import { createLocalFanOut } from '../src/live/fan-out.ts'
import { createHub } from '../src/live/hub.ts'
import { createLiveSockets } from '../src/live/sockets.ts'
import { createTicketMemory } from '../src/live/ticket-memory.ts'
import { createTickets } from '../src/live/tickets.ts'
import { createMetrics } from '../src/metrics.ts'
import { startServer } from '../src/server.ts'

const user: User = { id: 'USR-1', role: 'driver', driverId: 'DRV-0001', name: 'A', email: 'a@example.org' }

// Less than the 30 s after which the WebSocket library gives up a client by itself.
test('a service stops though clients of live sockets never answer', { timeout: 15_000 }, async (t) => {
  const revocations = { has: async () => false, add: async () => {} }
  const sessions = createSessions({ secret: new Uint8Array(32).fill(7), revocations })
  const { liveSockets: open, liveDropped: dropped } = createMetrics()
  const tickets = createTickets({ store: createTicketMemory() })
  const hub = createHub({ fanOut: createLocalFanOut() })
  const live = createLiveSockets({ hub, sessions, tickets, open, dropped })
  const server = await startServer({ app: new Hono<AppEnv>(), live, host: '127.0.0.1', port: 0 })
  const clients: Socket[] = []
  after(() => {
    for (const client of clients) client.destroy()
  })

  /** A client that asks for an upgrade, hears the answer, and is as good as gone from then on. @returns the answer's status line */
  const silentClient = async (authorization: string): Promise<string> => {
    const { hostname, port } = new URL(server.url)
    const client = connect({ host: hostname, port: Number(port), allowHalfOpen: true })
    clients.push(client)
    client.on('error', () => {}) // it is cut off
    client.write(
      `GET /api/v1/live HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: ${authorization}\r\n\r\n`,
    )
    const [answer] = await once(client, 'data')
    return String(answer).split('\r\n', 1)[0] ?? ''
  }
  const { token } = await sessions.issue(user)
  assert.equal(await silentClient(`Bearer ${token}`), 'HTTP/1.1 101 Switching Protocols')
  assert.equal(await silentClient('Bearer nobody'), 'HTTP/1.1 401 Unauthorized')

  const late = new Promise((_resolve, reject) => t.signal.addEventListener('abort', () => reject(t.signal.reason)))
  await Promise.race([server.close(), late])
})
