import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { localPaths } from '@fairmile/contract/local-paths.ts'
import type { ScreenState } from '@fairmile/contract/screen.ts'

const pages = fileURLToPath(new URL('../dist/in-car', import.meta.url))
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}
/** As the agent sends it. */
const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'"

/** The agent's side of the in-car screen, with its states in a test's hand. */
export async function startScratchScreen() {
  const screens = new Set<ServerResponse>()
  const posts: string[] = []
  let newest: ScreenState | null = null
  const tell = (response: ServerResponse): void =>
    void (newest && response.write(`data: ${JSON.stringify(newest)}\n\n`))
  const server = createServer(async ({ method, url = '/' }, response) => {
    if (url === localPaths.screen) {
      screens.add(response.writeHead(200, { 'content-type': 'text/event-stream' }))
      response.flushHeaders()
      tell(response)
    } else if (method === 'POST') {
      posts.push(url)
      response.writeHead(202).end()
    } else {
      const path = url === '/' ? '/index.html' : url
      response.writeHead(200, { 'content-type': types[extname(path)] ?? '', 'content-security-policy': csp })
      response.end(await readFile(join(pages, path)))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = (): void => {
    for (const response of screens) response.destroy()
    screens.clear()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    /** Paths that were posted to. */
    posts,
    /** What every screen is told, now and when it connects; null for nothing. */
    show(state: ScreenState | null): void {
      newest = state
      for (const response of screens) tell(response)
    },
    /** Ends every stream, as a restart does. */
    cut,
    async close(): Promise<void> {
      cut()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export type ScratchScreen = Awaited<ReturnType<typeof startScratchScreen>>
