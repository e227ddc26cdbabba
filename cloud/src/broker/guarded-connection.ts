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

/** A connection that is checked, and can be held up. */
export interface GuardedConnection {
  readonly connection: Duplex
  /** Reads nothing more than what has come until the work ends, and all other such work. */
  holdUntil(work: Promise<unknown>): void
}

/**
 * A socket whose bytes are checked before its reader gets them; a violation ends both.
 *
 * Who reads it is not trusted to stop: aedes reads on at every chunk that comes, also while it waits for what became of a packet.
 */
export function guardConnection(socket: Socket, options: GuardedConnectionOptions): GuardedConnection {
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
  /** Works that the other end waits for. */
  let holding = 0
  const connection = new Duplex({
    allowHalfOpen: false,
    read: () => void (holding === 0 && socket.resume()),
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
    else if (!connection.push(chunk) || holding > 0) socket.pause()
  })
  socket.on('end', () => connection.push(null))
  socket.on('error', (error) => connection.destroy(error))
  socket.on('close', () => connection.destroy())
  const holdUntil = (work: Promise<unknown>) => {
    holding++
    const over = () => {
      if (--holding === 0 && !connection.destroyed) socket.resume()
    }
    work.then(over, over)
  }
  return { connection, holdUntil }
}
