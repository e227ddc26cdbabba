import { Agent, request } from 'node:http'

/** A request byte for byte as it goes out. */
export interface RawRequest {
  method: string
  /** With its parameters, encoded. */
  path: string
  headers: Record<string, string>
  body: Buffer | null
}

/** What came back. */
export interface RawAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: Buffer
  ms: number
}

/** Longest that an answer may take before the connection is given up, ms. */
const patienceMs = 30_000

/** Sends requests as they are: no client's own rules are put between. */
export function createRawHttp(address: string, { sockets = 8 } = {}) {
  const { hostname, port } = new URL(address)
  const agent = new Agent({ keepAlive: true, maxSockets: sockets })
  return {
    send: ({ method, path, headers, body }: RawRequest): Promise<RawAnswer> =>
      new Promise((resolve, reject) => {
        const startedMs = performance.now()
        const length = body === null ? {} : { 'content-length': String(body.length) }
        const out = request({ agent, hostname, port, method, path, headers: { ...headers, ...length } }, (answer) => {
          const parts: Buffer[] = []
          answer.on('data', (part: Buffer) => parts.push(part))
          answer.on('error', reject)
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              body: Buffer.concat(parts),
              ms: performance.now() - startedMs,
            }),
          )
        })
        out.setTimeout(patienceMs, () => out.destroy(new Error('no answer')))
        out.on('error', reject)
        out.end(body ?? undefined)
      }),
    close: () => agent.destroy(),
  }
}
