import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { PacketGuard, PacketViolation } from './packet-guard.ts'

/** Why a connection is ended. */
export type ConnectionViolation = PacketViolation | { reason: 'unread'; sizeBytes: number }

export interface GuardedConnectionOptions {
  guard: PacketGuard
  /** Bytes that the other end may leave unread, beyond what the system holds for it. */
  maxUnreadBytes: number
  /** Whether who writes waits until the other end reads; if not, more than `maxUnreadBytes` unread ends the connection. */
  isWaitedFor: () => boolean
  /** Told once, just before the connection is ended. */
  onViolation: (violation: ConnectionViolation) => void
}

/** A socket whose bytes are checked before its reader gets them; a violation ends both. */
export function guardConnection(socket: Socket, options: GuardedConnectionOptions): Duplex {
  const { guard, maxUnreadBytes, isWaitedFor, onViolation } = options
  const end = (violation: ConnectionViolation) => {
    onViolation(violation)
    connection.destroy()
  }
  const write = (bytes: Buffer, done: (error?: Error | null) => void) => {
    if (isWaitedFor()) return void socket.write(bytes, done)
    socket.write(bytes)
    if (socket.writableLength > maxUnreadBytes) end({ reason: 'unread', sizeBytes: socket.writableLength })
    done()
  }
  const connection = new Duplex({
    allowHalfOpen: false,
    read: () => void socket.resume(),
    write: (chunk: Buffer, _encoding, done) => write(chunk, done),
    writev: (chunks, done) => write(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)), done),
    final: (done) => void socket.end(done),
    destroy: (error, done) => {
      socket.destroy()
      done(error)
    },
  })
  socket.on('data', (chunk) => {
    if (connection.destroyed) return
    const violation = guard.check(chunk)
    if (violation) end(violation)
    else if (!connection.push(chunk)) socket.pause()
  })
  socket.on('end', () => connection.push(null))
  socket.on('error', (error) => connection.destroy(error))
  socket.on('close', () => connection.destroy())
  return connection
}
