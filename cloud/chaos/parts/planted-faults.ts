import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Site } from './site.ts'

/**
 * The control of B6 and B7: the real server behind one that has faults as handlers have them. It fails on a page size that is no number,
 * and forgets a field of a driver. Gives its address.
 */
export async function plantFaults(site: Site, behind: string): Promise<string> {
  const { hostname, port } = new URL(behind)
  const server = createServer((asked, answer) => {
    const { method, headers, url = '' } = asked
    const limit = new URL(url, behind).searchParams.get('limit')
    if (limit !== null && !/^\d+$/.test(limit)) {
      asked.resume()
      answer.writeHead(500, { 'content-type': 'text/plain' }).end('TypeError: limit is no number')
      return
    }
    const isDriver = method === 'GET' && /^\/api\/v1\/drivers\/[^/?]+$/.test(url)
    const on = request({ hostname, port, method, path: url, headers }, (came) => {
      const parts: Buffer[] = []
      came.on('data', (part: Buffer) => parts.push(part))
      came.on('end', () => {
        const body = Buffer.concat(parts)
        const sent = isDriver ? Buffer.from(body.toString().replace('"createdAt"', '"created"')) : body
        const { 'content-length': _length, 'transfer-encoding': _encoding, ...kept } = came.headers
        answer
          .writeHead(came.statusCode ?? 500, { ...kept, ...(sent.length > 0 && { 'content-length': sent.length }) })
          .end(sent)
      })
    })
    on.on('error', () => answer.destroy())
    asked.pipe(on)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  site.defer(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
