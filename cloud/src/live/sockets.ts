import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Counter, Gauge } from 'prom-client'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Sessions } from '../auth/sessions.ts'
import { ProblemError, problemOf } from '../http/problem.ts'
import { whenEnded } from '../when-ended.ts'
import { authorizeUpgrade, type Joining } from './authorize-upgrade.ts'
import { createBeats } from './beats.ts'
import type { LiveHub } from './hub.ts'
import { createMailbox, type Outlet } from './mailbox.ts'
import { createPlaces } from './places.ts'
import type { Tickets } from './tickets.ts'

/** Sockets of this process: about 100 MB. */
const maxSockets = 10_000
/** Sockets of one user: a dozen tabs and a phone. */
const maxSocketsOfUser = 20
/** How often a socket must show that it lives, milliseconds; silent until the next time and it is closed. */
const defaultHeartBeatMs = 30_000
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
  /** How often each socket must show that it lives, milliseconds. @default 30,000 */
  readonly heartBeatMs?: number
}

/** The WebSocket end of the hub. */
export interface LiveSockets {
  /** Takes an HTTP upgrade: checks path, origin, log-in and limits, then joins the hub. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>
  close: () => void
}

/** Sockets at `/api/v1/live`: a driver hears of themselves; an admin of all, or of one with `?driverId=DRV-…`. */
export function createLiveSockets(options: LiveSocketOptions): LiveSockets {
  const { hub, sessions, tickets, open, dropped, heartBeatMs = defaultHeartBeatMs } = options
  const server = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false })
  const places = createPlaces(maxSocketsOfUser)
  const silent = new WeakSet<WebSocket>()
  const heart = createBeats({ turnMs: heartBeatMs, beat })

  function join(socket: WebSocket, { user, token, driverId }: Joining): void {
    const mailbox = createMailbox(outletOf(socket), { drop: (count) => dropped.inc({ reason: 'slow_socket' }, count) })
    const leave = hub.subscribe(driverId, mailbox.post)
    const unwatch = sessions.watch({ token, userId: user.id }, () => end(socket))
    const takeOut = heart.add({ socket, token })
    open.set(server.clients.size)
    socket.on('pong', () => silent.delete(socket))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      leave()
      unwatch()
      takeOut()
      open.set(server.clients.size)
    })
  }

  const end = (socket: WebSocket): void => socket.close(closeCodes.sessionEnded, 'the session has ended')

  function beat({ socket, token }: { socket: WebSocket; token: string }): void {
    if (silent.has(socket)) {
      socket.terminate()
      return
    }
    silent.add(socket)
    socket.ping()
    sessions.verify(token).then(
      (user) => {
        if (!user) end(socket)
      },
      () => undefined, // not known now: it is asked again at the next beat
    )
  }

  async function take(request: IncomingMessage, url: URL, socket: Duplex, head: Buffer): Promise<void> {
    const joining = await authorizeUpgrade(request, url, { sessions, tickets })
    if (server.clients.size >= maxSockets)
      throw new ProblemError('unavailable', `There are ${maxSockets} live sockets here, and no more.`)
    const leavePlace = places.take(joining.user.id)
    if (!leavePlace)
      throw new ProblemError('too-many-requests', `A user has ${maxSocketsOfUser} live sockets at most; close one.`)
    whenEnded(socket, leavePlace) // also of an upgrade that comes to nothing, or whose client has gone meanwhile
    server.handleUpgrade(request, socket, head, (client) => join(client, joining))
  }

  return {
    upgrade: async (request, socket, head) => {
      socket.on('error', () => socket.destroy())
      const url = new URL(request.url ?? '/', 'http://localhost')
      try {
        await take(request, url, socket, head)
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        refuse(socket, error, url.pathname)
      }
    },
    close: () => {
      heart.stop()
      for (const socket of server.clients) socket.close(closeCodes.goingAway, 'the service is stopping')
      server.close()
    },
  }
}

/** Where a mailbox puts what it lets go. */
const outletOf = (socket: WebSocket): Outlet => ({
  get bufferedAmount() {
    return socket.bufferedAmount
  },
  send: (data, sent) => socket.send(data, textFrame, sent),
})

function refuse(socket: Duplex, error: ProblemError, path: string): void {
  const problem = problemOf(error, path)
  const body = JSON.stringify(problem)
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nConnection: close\r\n` +
      `Content-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
