import { once } from 'node:events'
import { connect } from 'node:net'

/** One connection that asks and reads, one question after the other: less work than what it measures. */
export interface KeepAlive {
  /** Sends bytes that were made before; gives the head of the answer. @throws where the connection ends, or has ended */
  ask(request: Buffer): Promise<string>
  close(): void
}

/** The bytes of a GET. */
export function getBytes({ host, path, token }: { host: string; path: string; token: string }): Buffer {
  return Buffer.from(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\n\r\n`)
}

/** Opens a connection. It reads answers with a length, which all that is measured has. */
export async function openKeepAlive(address: string): Promise<KeepAlive> {
  const { hostname, port } = new URL(address)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  let waiting: PromiseWithResolvers<string> | null = null
  let head = ''
  let left = 0
  socket.on('data', (bytes: Buffer) => {
    if (head === '') {
      const end = bytes.indexOf('\r\n\r\n')
      if (end < 0) return void socket.destroy(new Error('an answer whose head comes in parts'))
      head = bytes.toString('latin1', 0, end)
      const length = /content-length: *(\d+)/i.exec(head)?.[1]
      if (length === undefined && !/^HTTP\/1.1 304/.test(head))
        return void socket.destroy(new Error(`no length: ${head}`))
      left = Number(length ?? 0) - (bytes.length - end - 4)
    } else left -= bytes.length
    if (left > 0) return
    const told = head
    head = ''
    waiting?.resolve(told)
  })
  const fail = (error?: Error) => waiting?.reject(error ?? new Error('the connection ended'))
  socket.on('error', fail)
  socket.on('close', () => fail())
  return {
    ask: (request) => {
      if (socket.destroyed) return Promise.reject(new Error('the connection has ended'))
      waiting = Promise.withResolvers<string>()
      socket.write(request)
      return waiting.promise
    },
    close: () => socket.destroy(),
  }
}
