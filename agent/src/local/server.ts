import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { hostname } from 'node:os'
import type { After } from '../clock.ts'
import type { Log } from '../log.ts'
import { isAllowedHost } from './allowed-host.ts'
import { answerProblem, type Handler, Refusal } from './answer.ts'
import { refuseForeignPages } from './same-origin.ts'

/** A request has arrived in this time, or is cut off, milliseconds. */
const requestMs = 5000
/** Connections at once: eight screens and phones, with room for browsers that open six each. */
const maxConnections = 64
const maxHeaderBytes = 8 * 1024
/** An address that another program holds is tried again so often, real milliseconds. */
const retryMs = 15_000

/** `GET /path` to what answers it. */
export type Routes = Readonly<Record<string, Handler>>

export interface LocalServerOptions {
  /** The address to listen at. */
  host: string
  port: number
  routes: Routes
  /** Answers GET of every other path. */
  pages: Handler
  after: After
  log: Log
}

/** The HTTP server of screens and phones in the car; that it cannot listen holds nothing else up. */
export function createLocalServer(options: LocalServerOptions) {
  const { log } = options
  const names = [hostname().toLowerCase(), options.host.toLowerCase()]
  const server = createServer({ maxHeaderSize: maxHeaderBytes, requestTimeout: requestMs, headersTimeout: requestMs })
  server.maxConnections = maxConnections
  server.on('request', (request, response) => {
    void answer(request, response, options, names).catch((error: unknown) => {
      if (!(error instanceof Refusal)) log.error({ path: request.url, reason: String(error) }, 'a local request failed')
      answerProblem(response, error)
    })
  })
  return {
    /** Listens, now or as soon as the address is free; resolves with the address once it does. */
    listen: (signal: AbortSignal): Promise<string> => listen(server, options, signal),
    async close(): Promise<void> {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { routes, pages }: LocalServerOptions,
  names: readonly string[],
): Promise<void> {
  const { method = 'GET', headers } = request
  if (!isAllowedHost(headers.host, names))
    throw new Refusal(421, 'This computer goes by another name; use its address.')
  const target = URL.parse(request.url ?? '/', 'http://localhost')
  if (target === null) throw new Refusal(400, `"${request.url}" is no path: ask for one such as "/".`)
  const { pathname } = target
  const handler = Object.hasOwn(routes, `${method} ${pathname}`) ? routes[`${method} ${pathname}`] : undefined
  if (method !== 'GET') refuseForeignPages(headers)
  if (handler) return await handler(request, response)
  if (method === 'GET' && !pathname.startsWith('/local/')) return await pages(request, response)
  throw new Refusal(404, `There is no ${method} ${pathname}.`)
}

async function listen(server: Server, options: LocalServerOptions, signal: AbortSignal): Promise<string> {
  const { host, port, after, log } = options
  let said = false
  while (!signal.aborted) {
    try {
      server.listen(port, host)
      await once(server, 'listening', { signal })
      const address = server.address()
      const bound = typeof address === 'object' && address !== null ? address.port : port
      return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`
    } catch (error) {
      if (signal.aborted) break
      if (!said)
        log.warn(
          { host, port, reason: String(error) },
          'the in-car screen cannot be served there; going on without it, and trying again',
        )
      said = true
      await new Promise<void>((resolve) => {
        const cancel = after(retryMs, resolve)
        const stop = (): void => {
          cancel()
          resolve()
        }
        signal.addEventListener('abort', stop, { once: true })
      })
    }
  }
  throw signal.reason
}
