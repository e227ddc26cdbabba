import type { Duplex } from 'node:stream'

/** Calls once the connection has ended; at once where it has already, as its `close` does not come a second time. */
export function whenEnded(connection: Pick<Duplex, 'destroyed' | 'once'>, tell: () => void): void {
  if (connection.destroyed) tell()
  else connection.once('close', tell)
}
