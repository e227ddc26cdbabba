import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** What is lost on the way, and told to nobody. */
export type Silence = 'up' | 'down' | 'both'

/** A TCP proxy in front of a server on this machine whose connections can be made half open. */
export interface SilentProxy {
  readonly port: number
  /** Loses what connections of now send from now on; their ends are not told either. New connections are well. */
  silence(which: Silence): void
  close(): void
}

interface Pair {
  near: Socket
  far: Socket
  lost: Silence | null
}

export async function startSilentProxy(toPort: number): Promise<SilentProxy> {
  const pairs = new Set<Pair>()
  const server = createServer((near) => {
    const pair: Pair = { near, far: connect(toPort, '127.0.0.1'), lost: null }
    pairs.add(pair)
    pass(pair, 'up')
    pass(pair, 'down')
  })
  const pass = (pair: Pair, way: 'up' | 'down'): void => {
    const [from, into] = way === 'up' ? [pair.near, pair.far] : [pair.far, pair.near]
    const isLost = () => pair.lost === way || pair.lost === 'both'
    from.on('data', (chunk) => void (isLost() || into.destroyed || into.write(chunk)))
    from.on('error', () => undefined)
    from.on('close', () => void (isLost() || into.destroy()))
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('Starting a proxy: the system gave no port')
  return {
    port: address.port,
    silence(which) {
      for (const pair of pairs) pair.lost ??= which
    },
    close() {
      server.close()
      for (const { near, far } of pairs) {
        near.destroy()
        far.destroy()
      }
    },
  }
}
