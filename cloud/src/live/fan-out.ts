import type { LiveMessage } from '@fairmile/contract/live.ts'
import { type Letter, letterOf } from './letter.ts'

/** What ingest and consumers tell the live pages through. Never waits and never throws. */
export interface LivePort {
  publish: (message: LiveMessage) => void
}

/** Carries live messages to every process that holds sockets for them; at most once, as fast as it can. */
export interface FanOut extends LivePort {
  /**
   * Hears the messages of one driver, or with null of all drivers and of nobody, from every process, its own too. One listener
   * each; the returned function ends it.
   */
  listen: (driverId: string | null, hear: (letter: Letter) => void) => () => void
  close: () => Promise<void>
}

/** The fan-out of a cloud that is one process. */
export function createLocalFanOut(): FanOut {
  const listeners = new Map<string | null, (letter: Letter) => void>()
  return {
    publish: (message) => {
      const own = message.driverId === null ? undefined : listeners.get(message.driverId)
      const all = listeners.get(null)
      if (!own && !all) return
      const letter = letterOf(message)
      own?.(letter)
      all?.(letter)
    },
    listen: (driverId, hear) => {
      listeners.set(driverId, hear)
      return () => void listeners.delete(driverId)
    },
    close: async () => listeners.clear(),
  }
}
