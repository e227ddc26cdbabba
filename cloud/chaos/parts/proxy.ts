import { once } from 'node:events'
import { connect, createServer, type NetConnectOpts, type Socket } from 'node:net'
import type { Site } from './site.ts'

/** From who connects to the server, or back. */
export type Direction = 'up' | 'down'

/** A TCP proxy that does to connections what bad networks do. */
export interface Proxy {
  readonly port: number
  /** Holds back what goes one way, or both, by so long; the order stays. 0: no more. */
  delay(ms: number, direction?: Direction): void
  /** Loses what goes one way, or both, from now on, and tells nobody: half-open connections. New ones hear nothing either. */
  silence(direction?: Direction): void
  /** Passes on again what comes from now on. Connections that lost something are cut: no network closes such a hole. */
  restore(): void
  /** Ends every connection at once (RST). */
  cut(): void
  /** Refuses new connections, or takes them again. */
  refuse(refused: boolean): void
  /** Connections that stand. */
  readonly connections: number
  /** Bytes passed on, by direction. */
  readonly bytes: Readonly<Record<Direction, number>>
}

/** Starts a proxy in front of a server (a port, or the path of a socket); it ends with its site. */
export async function startProxy(site: Site, to: NetConnectOpts): Promise<Proxy> {
  const pairs = new Set<Pair>()
  const ways: Record<Direction, Way> = { up: { delayMs: 0, silent: false }, down: { delayMs: 0, silent: false } }
  const bytes: Record<Direction, number> = { up: 0, down: 0 }
  let refused = false
  const server = createServer({ noDelay: true }, (near) => {
    if (refused) return void near.resetAndDestroy()
    const far = connect(to)
    const pair: Pair = { near, far, lossy: false }
    pairs.add(pair)
    const end = (): void => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far]) socket.setNoDelay(true).on('error', end)
    pass(near, far, 'up', pair)
    pass(far, near, 'down', pair)
  })

  const pass = (from: Socket, into: Socket, direction: Direction, pair: Pair): void => {
    let last: Promise<unknown> = Promise.resolve()
    let waiting = 0
    /** Behind what is held back already. */
    const later = (send: () => void): void => {
      const { delayMs } = ways[direction]
      if (delayMs === 0 && waiting === 0) {
        send()
        return
      }
      waiting++
      const due = new Promise((resolve) => setTimeout(resolve, delayMs))
      last = last
        .then(() => due)
        .then(() => {
          waiting--
          send()
        })
    }
    from.on('data', (chunk) => {
      if (ways[direction].silent) {
        pair.lossy = true
        return
      }
      later(() => {
        if (into.destroyed) return
        bytes[direction] += chunk.length
        if (!into.write(chunk)) {
          from.pause()
          into.once('drain', () => from.resume())
        }
      })
    })
    from.on('close', () => {
      if (ways[direction].silent) pair.lossy = true
      else
        later(() => {
          into.destroy()
          pairs.delete(pair)
        })
    })
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('Starting a proxy: the system gave no port')
  const cut = (which: (pair: Pair) => boolean): void => {
    for (const pair of pairs) {
      if (!which(pair)) continue
      pairs.delete(pair)
      pair.near.resetAndDestroy()
      pair.far.destroy()
    }
  }
  site.defer(() => {
    server.close()
    cut(() => true)
  })
  const both = (direction?: Direction): Direction[] => (direction ? [direction] : ['up', 'down'])
  return {
    port: address.port,
    bytes,
    delay(ms, direction) {
      for (const way of both(direction)) ways[way].delayMs = ms
    },
    silence(direction) {
      for (const way of both(direction)) ways[way].silent = true
    },
    restore() {
      for (const way of both()) ways[way].silent = false
      cut(({ lossy }) => lossy)
    },
    cut: () => cut(() => true),
    refuse(now) {
      refused = now
    },
    get connections() {
      return pairs.size
    },
  }
}

interface Way {
  delayMs: number
  silent: boolean
}

interface Pair {
  near: Socket
  far: Socket
  /** Something of it is lost. */
  lossy: boolean
}
