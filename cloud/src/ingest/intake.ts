import type { BrokerMessage } from '../broker/broker.ts'
import type { IngestCounters } from './counters.ts'
import { heldBytes, maxJudgedBytes, maxUnjudgedBytes, unfoldedBytes } from './held-bytes.ts'
import type { Rejected } from './judge.ts'
import { createQueue } from './queue.ts'

/** Messages that wait to be judged, `maxUnjudgedBytes` of them at most. A full queue stops the broker from reading on. */
const maxQueued = 1_000
/** Messages that are judged side by side, `maxJudgedBytes` of them at most: their signatures keep the process's other threads busy. */
const maxJudged = 32

/** What came and waits to be judged, counted. */
export interface Intake {
  /**
   * Adds a message; ends when it has its place.
   *
   * @throws where it was given up by its signal, and once it is closed: it was not taken
   */
  put(message: BrokerMessage, options: { readonly signal?: AbortSignal }): Promise<void>
  /** Adds what the broker refused, where there is room at once. */
  offer(letter: Rejected): void
  /** Takes what is judged next, waiting for it; nothing once it is closed and empty. */
  take(): Promise<(BrokerMessage | Rejected)[]>
  close(): void
}

export function createIntake(counters: IngestCounters): Intake {
  const queue = createQueue<BrokerMessage | Rejected>({
    ...{ limit: maxQueued, maxBytes: maxUnjudgedBytes, bytesOf: heldBytes },
    onBytes: (by) => counters.heldBytes.inc(by),
  })
  return {
    async put(message, { signal }) {
      const before = queue.waited
      const placed = queue.push(message, { signal })
      if (queue.waited > before) counters.waited.inc()
      counters.queued.set(queue.size)
      await placed.catch((error) => {
        if (signal?.aborted) counters.givenUp.inc()
        throw error
      })
    },
    offer(letter) {
      if (queue.offer(letter)) counters.queued.set(queue.size)
      else counters.lettersDropped.inc()
    },
    async take() {
      const items = await queue.take(maxJudged, maxJudgedBytes, unfoldedBytes)
      counters.queued.set(queue.size)
      return items
    },
    close: () => queue.close(),
  }
}
