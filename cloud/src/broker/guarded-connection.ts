import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { PacketGuard, PacketViolation } from './packet-guard.ts'

export interface GuardedConnectionOptions {
  guard: PacketGuard
  /** Told once, just before the connection is ended. */
  onViolation: (violation: PacketViolation) => void
}

/** A socket whose bytes are checked before its reader gets them; a violation ends both. */
export function guardConnection(socket: Socket, { guard, onViolation }: GuardedConnectionOptions): Duplex {
  const connection = new Duplex({
    allowHalfOpen: false,
    read: () => void socket.resume(),
    write: (chunk: Buffer, _encoding, done) => void socket.write(chunk, done),
    writev: (chunks, done) => void socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)), done),
    final: (done) => void socket.end(done),
    destroy: (error, done) => {
      socket.destroy()
      done(error)
    },
  })
  socket.on('data', (chunk) => {
    if (connection.destroyed) return
    const violation = guard.check(chunk)
    if (violation) {
      onViolation(violation)
      connection.destroy()
    } else if (!connection.push(chunk)) socket.pause()
  })
  socket.on('end', () => connection.push(null))
  socket.on('error', (error) => connection.destroy(error))
  socket.on('close', () => connection.destroy())
  return connection
}
