import type { LiveMessage } from '@fairmile/contract/live.ts'
import type { FanOut, LivePort } from './fan-out.ts'
import type { Letter } from './mailbox.ts'

/** Gets the letters of one driver, or of everyone. */
type Receive = (letter: Letter) => void

/** Brings live messages to those who may see them. */
export interface LiveHub extends LivePort {
  /** Subscribes to one driver, or with null to all; the returned function ends it. */
  subscribe: (driverId: string | null, receive: Receive) => () => void
}

/** A hub over a fan-out; each message is written as JSON once, however many read it. */
export function createHub({ fanOut }: { fanOut: FanOut }): LiveHub {
  const byDriver = new Map<string | null, Set<Receive>>()

  fanOut.listen((message) => {
    const own = message.driverId === null ? undefined : byDriver.get(message.driverId)
    const all = byDriver.get(null)
    if (!own && !all) return
    const letter = { key: stateKey(message), text: JSON.stringify(message) }
    if (own) for (const receive of own) receive(letter)
    if (all) for (const receive of all) receive(letter)
  })

  return {
    publish: fanOut.publish,
    subscribe: (driverId, receive) => {
      const receivers = byDriver.get(driverId) ?? new Set()
      byDriver.set(driverId, receivers.add(receive))
      return () => {
        receivers.delete(receive)
        if (receivers.size === 0 && byDriver.get(driverId) === receivers) byDriver.delete(driverId)
      }
    },
  }
}

/** A driving update is replaced by the device's next one; an event in it is told by its own alert. */
const stateKey = (message: LiveMessage): string | null => (message.type === 'driving_update' ? message.deviceId : null)
