/** Bytes that may wait in a socket before messages are held back: about 200 driving updates. */
const highWaterBytes = 64 * 1024
/** Messages other than driving updates that are held for a slow socket: a minute of alerts. The oldest is dropped. */
const maxHeld = 64
/** Devices whose newest state is held for a slow socket: an admin's view of a fleet. The oldest is dropped. */
const maxStates = 1_000

/** The part of a WebSocket that a mailbox writes to. */
export interface Outlet {
  readonly bufferedAmount: number
  send: (text: string, sent: (error?: Error | null) => void) => void
}

/** What a mailbox takes: `key` names the state that a newer message of the same key replaces, null keeps every one. */
export interface Letter {
  readonly key: string | null
  readonly text: string
}

/**
 * Sends to one socket; a slow one gets the newest state of each device and loses the ones between.
 *
 * @param options.drop told of every message that the socket never gets
 */
export function createMailbox(outlet: Outlet, { drop }: { drop: (count: number) => void }) {
  const states = new Map<string, string>()
  const held: string[] = []

  const push = (text: string) => outlet.send(text, drain)

  function drain(): void {
    while (outlet.bufferedAmount < highWaterBytes) {
      const text = held.shift() ?? takeState()
      if (text === undefined) return
      push(text)
    }
  }

  function takeState(): string | undefined {
    for (const [key, text] of states) {
      states.delete(key)
      return text
    }
    return undefined
  }

  return {
    post: ({ key, text }: Letter): void => {
      if (held.length === 0 && states.size === 0 && outlet.bufferedAmount < highWaterBytes) {
        push(text)
      } else if (key === null) {
        held.push(text)
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
        states.set(key, text)
      }
    },
  }
}
