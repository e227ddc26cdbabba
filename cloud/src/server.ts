import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { UsageError } from './errors.ts'
import type { AppEnv } from './http/env.ts'
import type { LiveSockets } from './live/sockets.ts'

/** Time that open requests get to end when the service stops, milliseconds. */
const drainMs = 5_000

/** Time that upgraded connections get to say good-bye, milliseconds: a client that is there needs one round trip, one that is not never answers. */
const goodbyeMs = 1_000

/** Longer than proxies keep an idle connection (60 s as a rule), which would else ask on one that was just closed here. */
const keepAliveMs = 75_000

interface ServerOptions {
  readonly app: Hono<AppEnv>
  /** Null: no live sockets here. */
  readonly live: LiveSockets | null
  readonly host: string
  /** 0 for any free one. */
  readonly port: number
}

/** A listening service. */
export interface RunningServer {
  /** `http://127.0.0.1:8000` */
  readonly url: string
  /** Takes no more requests, closes sockets, and waits for what is under way. */
  close: () => Promise<void>
}

/**
 * Listens for requests and WebSocket upgrades.
 *
 * @throws UsageError where the port is in use or may not be used
 */
export async function startServer({ app, live, host, port }: ServerOptions): Promise<RunningServer> {
  // Another protocol that a client offers beside its request, such as h2c, is left aside: the request is answered.
  const serverOptions = { shouldUpgradeCallback: isWebSocket }
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions }) as Server
  server.keepAliveTimeout = keepAliveMs
  // Once upgraded, or refused to be, a connection is the server's no more: it would neither close it nor end without it.
  const upgraded = new Set<Duplex>()
  server.on('upgrade', (request, socket, head) => {
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket))
    if (live) live.upgrade(request, socket, head).catch(() => socket.destroy())
    else socket.destroy()
  })
  await listen(server, host, port)
  const address = server.address() as AddressInfo
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`,
    close: async () => {
      if (!server.listening) return
      live?.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      const forced = setTimeout(() => server.closeAllConnections(), drainMs)
      const left = setTimeout(() => {
        for (const socket of upgraded) socket.destroy()
      }, goodbyeMs)
      server.closeIdleConnections()
      await closed
      clearTimeout(forced)
      clearTimeout(left)
    },
  }
}

const isWebSocket = ({ headers }: IncomingMessage): boolean => headers.upgrade?.toLowerCase() === 'websocket'

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const hints: Record<string, string> = {
        EADDRINUSE: 'something else listens there; stop it or set PORT to another',
        EACCES: 'this user may not listen there; set PORT to one above 1023',
        EADDRNOTAVAIL: 'this machine has no such address; set HOST to one of its own',
      }
      const hint = hints[error.code ?? '']
      reject(hint ? new UsageError(`Listening on ${host}:${port}: ${hint}.`, { cause: error }) : error)
    })
    server.listen(port, host, resolve)
  })
}
