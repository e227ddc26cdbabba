import type { LiveMessage } from '@fairmile/contract/live.ts'

/** What ingest and consumers tell the live pages through. Never waits and never throws. */
export interface LivePort {
  publish: (message: LiveMessage) => void
}

/** Carries live messages to every process that holds sockets; at most once, as fast as it can. */
export interface FanOut extends LivePort {
  /** Hears every message of every process, its own too. */
  listen: (hear: (message: LiveMessage) => void) => void
  close: () => Promise<void>
}

/** The fan-out of a cloud that is one process. */
export function createLocalFanOut(): FanOut {
  const listeners = new Set<(message: LiveMessage) => void>()
  return {
    publish: (message) => {
      for (const hear of listeners) hear(message)
    },
    listen: (hear) => listeners.add(hear),
    close: async () => listeners.clear(),
  }
}
