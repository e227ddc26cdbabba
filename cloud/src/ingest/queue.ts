/** A bounded line of messages: who adds to a full one waits, in order. */
export interface BoundedQueue<T> {
  /** Adds an item; ends when it has its place. @throws where the queue is closed, also while the item waits: it was not taken */
  push(item: T): Promise<void>
  /** Takes up to `max` items, waiting for the first; none at all once the queue is closed and empty. */
  take(max: number): Promise<T[]>
  /** Lets takers go when nothing is left. */
  close(): void
  readonly size: number
  /** How many pushes had to wait. */
  readonly waited: number
}

/** Makes a queue of `limit` items. */
export function createQueue<T>({ limit }: { limit: number }): BoundedQueue<T> {
  let items: T[] = []
  let waiting: { item: T; placed: () => void; refused: (error: Error) => void }[] = []
  let wakeTaker: (() => void) | null = null
  let closed = false
  let waited = 0

  const fill = () => {
    const placed = waiting.splice(0, Math.max(0, limit - items.length))
    for (const { item, placed: done } of placed) {
      items.push(item)
      done()
    }
  }
  const wake = () => {
    wakeTaker?.()
    wakeTaker = null
  }

  return {
    push(item) {
      if (closed) return Promise.reject(closedError())
      if (items.length < limit && waiting.length === 0) {
        items.push(item)
        wake()
        return Promise.resolve()
      }
      waited++
      return new Promise((placed, refused) => waiting.push({ item, placed, refused }))
    },
    async take(max) {
      while (items.length === 0 && !closed)
        await new Promise<void>((resolve) => {
          wakeTaker = resolve
        })
      const taken = items.slice(0, max)
      items = items.slice(max)
      fill()
      return taken
    },
    close() {
      closed = true
      for (const { refused } of waiting) refused(closedError())
      waiting = []
      wake()
    },
    get size() {
      return items.length
    },
    get waited() {
      return waited
    },
  }
}

const closedError = (): Error => new Error('Adding to a queue: it is closed')
