import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import postgres from 'postgres'

/** Cuts every connection that there is. */
export type Cut = () => Promise<void>

/** A PostgreSQL behind a door of this process, which can be slammed. */
export interface CuttableServer {
  /** Where it is reached through the door. */
  readonly url: string
  readonly cuts: Readonly<Record<'by a reset' | 'by the server', Cut>>
  close(): void
}

/** @param url of a cluster that listens on a Unix socket, as those of the tests do */
export async function cuttableServer(url: string): Promise<CuttableServer> {
  const inside = new URL(url)
  const host = inside.searchParams.get('host') ?? ''
  const admin = postgres({
    ...{
      host,
      port: Number(inside.port || 5432),
      database: 'postgres',
      username: inside.username,
      max: 1,
    },
    onnotice: () => {},
  })
  const name = inside.pathname.slice(1)
  const sockets = new Set<Socket>()
  const door = createServer((outer) => {
    const inner = connect({ path: `${host}/.s.PGSQL.${inside.port || 5432}` })
    sockets.add(outer)
    outer.pipe(inner).pipe(outer)
    for (const [one, other] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
    outer.on('close', () => sockets.delete(outer))
  }).listen(0, '127.0.0.1')
  await once(door, 'listening')
  const through = new URL(url)
  through.searchParams.delete('host')
  through.hostname = '127.0.0.1'
  through.port = String((door.address() as AddressInfo).port)
  return {
    url: through.toString(),
    cuts: {
      'by a reset': async () => {
        for (const socket of sockets) socket.resetAndDestroy()
      },
      'by the server': async () => {
        await admin`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${name}`
      },
    },
    close() {
      for (const socket of sockets) socket.destroy()
      door.close()
      void admin.end({ timeout: 1 })
    },
  }
}
