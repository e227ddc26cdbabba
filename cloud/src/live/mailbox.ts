import type { Letter } from './letter.ts'

/** Bytes that may wait in a socket before messages are held back: about 200 driving updates. */
const highWaterBytes = 64 * 1024
/** Messages other than driving updates that are held for a slow socket: a minute of alerts. The oldest is dropped. */
const maxHeld = 64
/** Devices whose newest state is held for a slow socket: an admin's view of a fleet. The oldest is dropped. */
const maxStates = 1_000

/** The part of a WebSocket that a mailbox writes to. */
export interface Outlet {
  readonly bufferedAmount: number
  send: (data: Buffer, sent: (error?: Error | null) => void) => void
}

/**
 * Sends to one socket; a slow one gets the newest state of each device and loses the ones between.
 *
 * @param options.drop told of every message that the socket never gets
 */
export function createMailbox(outlet: Outlet, { drop }: { drop: (count: number) => void }) {
  const states = new Map<string, Buffer>()
  const held: Buffer[] = []

  const push = (data: Buffer) => outlet.send(data, drain)

  function drain(): void {
    while (outlet.bufferedAmount < highWaterBytes) {
      const data = held.shift() ?? takeState()
      if (data === undefined) return
      push(data)
    }
  }

  function takeState(): Buffer | undefined {
    for (const [key, data] of states) {
      states.delete(key)
      return data
    }
    return undefined
  }

  return {
    post: ({ key, data }: Letter): void => {
      if (held.length === 0 && states.size === 0 && outlet.bufferedAmount < highWaterBytes) {
        push(data)
      } else if (key === null) {
        held.push(data)
        if (held.length > maxHeld) {
          held.shift()
          drop(1)
        }
      } else {
        if (states.delete(key)) drop(1)
        else if (states.size >= maxStates) {
          takeState()
          drop(1)
        }
        states.set(key, data)
      }
    },
  }
}
