import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { User } from '@fairmile/contract/http/auth.ts'
import type { Counter, Gauge } from 'prom-client'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Sessions } from '../auth/sessions.ts'
import { tokenOf } from '../auth/token-of.ts'
import { isSameOrigin } from '../http/security.ts'
import type { LiveHub } from './hub.ts'
import { createMailbox } from './mailbox.ts'
import type { Tickets } from './tickets.ts'

const livePath = '/api/v1/live'

/** Sockets of this process: about 100 MB. */
const maxSockets = 10_000
/** Sockets of one user: a dozen tabs and a phone. */
const maxSocketsOfUser = 20
/** How often a socket must show that it lives; twice silent and it is closed. */
const heartBeatMs = 30_000
/** A client has nothing to say; what it says anyway is read up to here and ignored. */
const maxMessageBytes = 1_024

/** Close codes: those of RFC 6455 (1009 comes from the library), and 4401 for a session that has ended; docs/guides/live.md. */
const closeCodes = { goingAway: 1001, sessionEnded: 4401 } as const
/** JSON as text frames, from bytes that were written once. */
const textFrame = { binary: false } as const

interface LiveSocketOptions {
  readonly hub: LiveHub
  readonly sessions: Sessions
  readonly tickets: Tickets
  readonly open: Gauge
  readonly dropped: Counter<'reason'>
}

/** The WebSocket end of the hub. */
export interface LiveSockets {
  /** Takes an HTTP upgrade: checks path, origin, log-in and limits, then joins the hub. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>
  close: () => void
}

/** Sockets at `/api/v1/live`: a driver hears of themselves; an admin of all, or of one with `?driverId=DRV-…`. */
export function createLiveSockets({ hub, sessions, tickets, open, dropped }: LiveSocketOptions): LiveSockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false })
  const socketsOfUser = new Map<string, number>()
  const silent = new WeakSet<WebSocket>()
  const tokens = new WeakMap<WebSocket, string>()
  const heart = setInterval(beat, heartBeatMs)
  heart.unref()

  function join(socket: WebSocket, user: User, driverId: string | null): void {
    const mailbox = createMailbox(
      {
        get bufferedAmount() {
          return socket.bufferedAmount
        },
        send: (data, sent) => socket.send(data, textFrame, sent),
      },
      { drop: (count) => dropped.inc({ reason: 'slow_socket' }, count) },
    )
    const leave = hub.subscribe(driverId, mailbox.post)
    socketsOfUser.set(user.id, (socketsOfUser.get(user.id) ?? 0) + 1)
    open.set(server.clients.size)
    socket.on('pong', () => silent.delete(socket))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      leave()
      const left = (socketsOfUser.get(user.id) ?? 1) - 1
      if (left > 0) socketsOfUser.set(user.id, left)
      else socketsOfUser.delete(user.id)
      open.set(server.clients.size)
    })
  }

  function beat(): void {
    for (const socket of server.clients) {
      if (silent.has(socket)) {
        socket.terminate()
        continue
      }
      silent.add(socket)
      socket.ping()
      sessions.verify(tokens.get(socket) ?? '').then(
        (user) => {
          if (!user) socket.close(closeCodes.sessionEnded, 'the session has ended')
        },
        () => undefined, // not known now: it is asked again at the next beat
      )
    }
  }

  async function tokenOfRequest({ headers }: IncomingMessage, url: URL): Promise<string | undefined> {
    const ticket = url.searchParams.get('ticket')
    if (ticket !== null) return (await tickets.redeem(ticket)) ?? undefined
    return tokenOf(headers.authorization, headers.cookie)
  }

  return {
    upgrade: async (request, socket, head) => {
      socket.on('error', () => socket.destroy())
      const url = new URL(request.url ?? '/', 'http://localhost')
      if (url.pathname !== livePath) return refuse(socket, '404 Not Found')
      if (!isSameOrigin(headersOf(request))) return refuse(socket, '403 Forbidden')
      const token = await tokenOfRequest(request, url)
      const user = token === undefined ? null : await sessions.verify(token)
      if (token === undefined || !user) return refuse(socket, '401 Unauthorized')
      const asked = url.searchParams.get('driverId') ?? user.driverId
      if (user.role !== 'admin' && (asked === null || asked !== user.driverId)) return refuse(socket, '403 Forbidden')
      if (server.clients.size >= maxSockets || (socketsOfUser.get(user.id) ?? 0) >= maxSocketsOfUser)
        return refuse(socket, '503 Service Unavailable')
      server.handleUpgrade(request, socket, head, (client) => {
        tokens.set(client, token)
        join(client, user, asked)
      })
    },
    close: () => {
      clearInterval(heart)
      for (const socket of server.clients) socket.close(closeCodes.goingAway, 'the service is stopping')
      server.close()
    },
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** The headers that the origin check reads. */
function headersOf({ headers }: IncomingMessage): Headers {
  const site = headers['sec-fetch-site']
  return new Headers({
    ...(headers.origin && { origin: headers.origin }),
    ...(headers.host && { host: headers.host }),
    ...(typeof site === 'string' && { 'sec-fetch-site': site }),
  })
}
