import type { FanOut, LivePort } from './fan-out.ts'
import type { Letter } from './letter.ts'

/** Gets the letters of one driver, or of everyone. */
type Receive = (letter: Letter) => void

/** Brings live messages to those who may see them. */
export interface LiveHub extends LivePort {
  /** Subscribes to one driver, or with null to all; the returned function ends it. */
  subscribe: (driverId: string | null, receive: Receive) => () => void
}

/** A hub over a fan-out: listens for a driver from their first subscriber to their last. */
export function createHub({ fanOut }: { fanOut: FanOut }): LiveHub {
  const topics = new Map<string | null, { receivers: Set<Receive>; end: () => void }>()

  function open(driverId: string | null) {
    const receivers = new Set<Receive>()
    const end = fanOut.listen(driverId, (letter) => {
      for (const receive of receivers) receive(letter)
    })
    const topic = { receivers, end }
    topics.set(driverId, topic)
    return topic
  }

  return {
    publish: fanOut.publish,
    subscribe: (driverId, receive) => {
      const topic = topics.get(driverId) ?? open(driverId)
      topic.receivers.add(receive)
      return () => {
        if (!topic.receivers.delete(receive) || topic.receivers.size > 0) return
        topics.delete(driverId)
        topic.end()
      }
    },
  }
}
