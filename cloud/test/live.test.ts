import assert from 'node:assert/strict'
import { once } from 'node:events'
import { json } from 'node:stream/consumers'
import { after, describe, it } from 'node:test'
import type { LiveTicket } from '@fairmile/contract/http/live.ts'
import { Problem } from '@fairmile/contract/http/problem.ts'
import type { LiveMessage } from '@fairmile/contract/live.ts'
import { WebSocket } from 'ws'
import { createLocalFanOut } from '../src/live/fan-out.ts'
import { createHub } from '../src/live/hub.ts'
import { createLiveSockets } from '../src/live/sockets.ts'
import { createMetrics } from '../src/metrics.ts'
import { startServer } from '../src/server.ts'
import { addUser, createTestApp } from './api-rig.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

const update = (driverId: string): LiveMessage => ({
  type: 'risk_score_update',
  driverId,
  at: 1,
  risk: 40,
  intervalHalfWidth: 5,
  tripId: null,
})

describe('live sockets', async () => {
  const [embedded = assert.fail()] = engines()
  const { db } = await embedded.open()
  const { driverId } = await addDevice(db, 1)
  const { app, sessions, tickets } = createTestApp(db)
  const driver = await sessions.issue(await addUser(db, 'driver@example.org', driverId))
  const admin = await sessions.issue(await addUser(db, 'admin@example.org'))
  const hub = createHub({ fanOut: createLocalFanOut() })
  const { liveSockets: open, liveDropped: dropped } = createMetrics()
  const sockets = createLiveSockets({ hub, sessions, tickets, open, dropped })
  const server = await startServer({ app, live: sockets, host: '127.0.0.1', port: 0 })
  after(() => server.close())

  const connect = (headers: Record<string, string>, path = '/api/v1/live') =>
    new WebSocket(server.url.replace('http', 'ws') + path, { headers })
  /** How a socket was closed that was open. */
  const ended = async (socket: WebSocket): Promise<number> => (await once(socket, 'close'))[0]
  const refusal = async (headers: Record<string, string>, path?: string): Promise<number | undefined> => {
    const [, response] = await once(connect(headers, path), 'unexpected-response')
    response.destroy()
    return response.statusCode
  }
  const bearer = ({ token }: { token: string }) => ({ authorization: `Bearer ${token}` })
  const cookie = ({ token }: { token: string }) => ({ cookie: `other=1; fairmile_session=${token}` })
  const next = async (socket: WebSocket): Promise<LiveMessage> => {
    const [data] = await once(socket, 'message')
    return JSON.parse(String(data)) as LiveMessage
  }

  it('bring a driver their own messages, by cookie or bearer, and an admin everyone’s', async () => {
    const clients = [connect(cookie(driver)), connect(bearer(driver)), connect(bearer(admin))]
    await Promise.all(clients.map((socket) => once(socket, 'open')))
    const first = Promise.all(clients.map(next))
    hub.publish(update('DRV-9999'))
    hub.publish(update(driverId))
    assert.deepEqual(
      (await first).map((message) => message.driverId),
      [driverId, driverId, 'DRV-9999'],
    )
    for (const socket of clients) socket.terminate()
  })

  it('bring an admin one driver alone when asked to', async () => {
    const socket = connect(bearer(admin), `/api/v1/live?driverId=${driverId}`)
    await once(socket, 'open')
    const first = next(socket)
    hub.publish(update('DRV-9999'))
    hub.publish(update(driverId))
    assert.equal((await first).driverId, driverId)
    socket.terminate()
  })

  it('refuse who is not logged in, another origin, another driver and another path', async () => {
    assert.equal(await refusal({}), 401)
    assert.equal(await refusal({ cookie: 'fairmile_session=forged' }), 401)
    assert.equal(await refusal({ ...cookie(driver), origin: 'https://evil.example' }), 403)
    assert.equal(await refusal(bearer(driver), '/api/v1/live?driverId=DRV-9999'), 403)
    assert.equal(await refusal(bearer(driver), '/api/v1/other'), 404)
  })

  for (const asked of ['', '%00', 'DRV-', 'drv-1', `DRV-${'1'.repeat(27)}`, 'VEH-1', '%F0%9F%9A%97'])
    it(`refuse driverId=${asked}, which is no id, whoever asks`, async () => {
      for (const who of [driver, admin]) {
        const [, refused] = await once(connect(bearer(who), `/api/v1/live?driverId=${asked}`), 'unexpected-response')
        const problem = Problem.parse(await json(refused))
        assert.deepEqual(
          [refused.statusCode, problem.type, problem.errors?.[0]?.path],
          [422, '/problems/validation', 'query.driverId'],
        )
      }
    })

  it('take a ticket, once, from clients that can send neither header nor cookie', async () => {
    const issued = await app.request('/api/v1/live/tickets', { method: 'POST', headers: bearer(driver) })
    assert.equal(issued.status, 201)
    const { ticket } = (await issued.json()) as LiveTicket
    const socket = connect({}, `/api/v1/live?ticket=${ticket}`)
    await once(socket, 'open')
    const first = next(socket)
    hub.publish(update(driverId))
    assert.equal((await first).driverId, driverId)
    assert.equal(await refusal({}, `/api/v1/live?ticket=${ticket}`), 401)
    assert.equal(await refusal(bearer(driver), '/api/v1/live?ticket=forged'), 401)
    assert.equal((await app.request('/api/v1/live/tickets', { method: 'POST' })).status, 401)
    socket.terminate()
  })

  it('end with their session, however they came in, and a ticket is worth nothing after it', async () => {
    const leaving = await sessions.issue(await addUser(db, 'leaving@example.org'))
    const ticketOf = async () =>
      (
        (await (
          await app.request('/api/v1/live/tickets', { method: 'POST', headers: bearer(leaving) })
        ).json()) as LiveTicket
      ).ticket
    const unused = await ticketOf()
    const [mine, another] = [
      [connect(cookie(leaving)), connect({}, `/api/v1/live?ticket=${await ticketOf()}`)],
      connect(bearer(admin)),
    ]
    await Promise.all([...mine, another].map((socket) => once(socket, 'open')))
    const closed = Promise.all(mine.map(ended))
    assert.equal((await app.request('/api/v1/auth/logout', { method: 'POST', headers: bearer(leaving) })).status, 204)
    assert.deepEqual(await closed, [4401, 4401])
    assert.equal(await refusal({}, `/api/v1/live?ticket=${unused}`), 401)
    const heard = next(another)
    hub.publish(update(driverId))
    assert.equal((await heard).driverId, driverId)
    another.terminate()
  })

  it('end where an admin disables the log-in', async () => {
    const user = await addUser(db, 'disabled@example.org')
    const socket = connect(bearer(await sessions.issue(user)))
    await once(socket, 'open')
    const closed = ended(socket)
    const changed = await app.request(`/api/v1/admin/users/${user.id}`, {
      method: 'PATCH',
      headers: { ...bearer(admin), 'content-type': 'application/json' },
      body: JSON.stringify({ disabled: true }),
    })
    assert.equal(changed.status, 200)
    assert.equal(await closed, 4401)
  })

  it('are at most twenty a user, and a place is free again when one closes', async () => {
    const clients = Array.from({ length: 20 }, () => connect(bearer(driver)))
    await Promise.all(clients.map((socket) => once(socket, 'open')))
    const [, refused] = await once(connect(bearer(driver)), 'unexpected-response')
    assert.equal(refused.statusCode, 429)
    const problem = Problem.parse(await json(refused))
    assert.deepEqual([problem.type, problem.instance], ['/problems/too-many-requests', '/api/v1/live'])
    const [leaving = assert.fail()] = clients
    leaving.close()
    await once(leaving, 'close')
    const socket = connect(bearer(driver))
    await once(socket, 'open')
    for (const client of [...clients, socket]) client.terminate()
  })

  it('close one that sends more than they read', async () => {
    const socket = connect(bearer(admin))
    await once(socket, 'open')
    socket.send('x'.repeat(2_000))
    const [code] = await once(socket, 'close')
    assert.equal(code, 1009)
  })

  it('are not begun on a port that is in use, and the error says what to do', async () => {
    const port = Number(new URL(server.url).port)
    await assert.rejects(startServer({ app, live: sockets, host: '127.0.0.1', port }), /set PORT to another/)
  })

  it('say that the service is stopping', async () => {
    const socket = connect(bearer(admin))
    await once(socket, 'open')
    const closed = once(socket, 'close')
    await server.close()
    assert.equal((await closed)[0], 1001)
    await assert.rejects(once(connect(bearer(admin)), 'open'), /ECONNREFUSED/)
  })
})
