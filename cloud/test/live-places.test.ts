import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { after, test } from 'node:test'
import type { User } from '@fairmile/contract/http/auth.ts'
import { WebSocket } from 'ws'
import { createSessions } from '../src/auth/sessions.ts'
import { createLocalFanOut } from '../src/live/fan-out.ts'
import { createHub } from '../src/live/hub.ts'
import { createLiveSockets } from '../src/live/sockets.ts'
import { createTicketMemory } from '../src/live/ticket-memory.ts'
import { createTickets } from '../src/live/tickets.ts'
import { createMetrics } from '../src/metrics.ts'

/** All that a user may have, and one. */
const tries = 21

test('live sockets give back the places of clients that are gone before it is known who they are', async () => {
  const user: User = { id: 'USR-1', role: 'driver', driverId: 'DRV-0001', name: 'A', email: 'a@example.org' }
  let asked = Promise.withResolvers<void>()
  let known = Promise.resolve()
  const revocations = {
    async has() {
      asked.resolve()
      await known
      return false
    },
    async add() {},
  }
  const sessions = createSessions({ secret: new Uint8Array(32).fill(7), revocations })
  const { liveSockets: open, liveDropped: dropped } = createMetrics()
  const tickets = createTickets({ store: createTicketMemory() })
  const hub = createHub({ fanOut: createLocalFanOut() })
  const live = createLiveSockets({ hub, sessions, tickets, open, dropped })
  const server = createServer()
  const upgrades: { socket: Duplex; done: Promise<void> }[] = []
  server.on('upgrade', (request, socket, head) => {
    upgrades.push({ socket, done: live.upgrade(request, socket, head) })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  after(() => {
    live.close()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const authorization = async () => `Bearer ${(await sessions.issue(user)).token}`

  for (let n = 0; n < tries; n++) {
    const login = await authorization()
    sessions.forget(user.id)
    asked = Promise.withResolvers()
    const knowing = Promise.withResolvers<void>()
    known = knowing.promise
    const client = connect(port, '127.0.0.1')
    client.write(
      `GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: ${login}\r\n\r\n`,
    )
    await asked.promise
    const { socket, done } = upgrades.at(-1) ?? assert.fail('no upgrade')
    const closed = new Promise((resolve) => socket.once('close', resolve))
    client.resetAndDestroy()
    await closed
    knowing.resolve()
    await done
  }

  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v1/live`, {
    headers: { authorization: await authorization() },
  })
  await once(socket, 'open')
  socket.terminate()
})
