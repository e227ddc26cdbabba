import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A door of this process to a server, whose connections can be made to say nothing more. */
export interface SilentDoor {
  /** `redis://127.0.0.1:…` */
  readonly url: string
  /** Connections that were made. */
  made: () => number
  /** Silences every connection that there is, and tells neither end. New ones work. */
  silence: () => void
  close: () => void
}

/**
 * @param path of the server's socket
 * @param options.silentAtFirst how many connections are silent from their beginning. @default 0
 */
export async function openSilentDoor(path: string, { silentAtFirst = 0 } = {}): Promise<SilentDoor> {
  const sockets = new Set<Socket>()
  const silence = () => {
    for (const socket of sockets) socket.unpipe().pause()
  }
  let made = 0
  const door = createServer((outer) => {
    const inner = connect({ path })
    for (const [one, other] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    if (++made > silentAtFirst) outer.pipe(inner).pipe(outer)
  }).listen(0, '127.0.0.1')
  await once(door, 'listening')
  return {
    url: `redis://127.0.0.1:${(door.address() as AddressInfo).port}`,
    made: () => made,
    silence,
    close: () => {
      for (const socket of sockets) socket.destroy()
      door.close()
    },
  }
}
