/** A line of messages, bounded by their number and their bytes: who adds to a full one waits, in order. One takes from it. */
export interface BoundedQueue<T> {
  /**
   * Adds an item; ends when it has its place.
   *
   * @param options.signal lets go of the item as long as it waits
   * @throws where the queue is closed or the signal aborted, also while the item waits: it was not taken
   */
  push(item: T, options?: { readonly signal?: AbortSignal | undefined }): Promise<void>
  /** Adds an item where there is room at once; false where there is none, and it was not taken. */
  offer(item: T): boolean
  /**
   * Takes up to `max` items of up to `maxBytes`, but the first whatever it weighs, waiting for it; none at all once the queue is closed and
   * empty. What is taken keeps its bytes until the next call: by then it is done.
   *
   * @param weigh what it weighs for whom it is taken, bytes. @default what it weighs here
   */
  take(max: number, maxBytes?: number, weigh?: (item: T) => number): Promise<T[]>
  /** Lets takers go when nothing is left. */
  close(): void
  readonly size: number
  /** Of what is in it, and of what was taken last. */
  readonly bytes: number
  /** How many pushes had to wait. */
  readonly waited: number
}

interface QueueOptions<T> {
  /** Items that are in it at most. */
  limit: number
  /** Bytes of what is in it and of what was taken last; what is larger than all of them gets in when it is alone. */
  maxBytes: number
  bytesOf: (item: T) => number
  /** Told how many bytes came or went, those of what waits for its place too. */
  onBytes?: (by: number) => void
}

/** Makes a queue that is bounded by number and by bytes. */
export function createQueue<T>(options: QueueOptions<T>): BoundedQueue<T> {
  const { bytesOf, onBytes = () => {} } = options
  const told = (by: number) => {
    if (by !== 0) onBytes(by)
  }
  const shelf = createShelf(options)
  const waiting = createWaiting<T>({ ...shelf, onLeft: (item) => told(-bytesOf(item)) })
  let wakeTaker: (() => void) | null = null
  let closed = false
  let waited = 0

  const wake = () => {
    wakeTaker?.()
    wakeTaker = null
  }
  const offer = (item: T): boolean => {
    if (closed || waiting.size() > 0 || !shelf.fits(item)) return false
    shelf.add(item)
    told(bytesOf(item))
    wake()
    return true
  }

  return {
    push(item, { signal } = {}) {
      if (closed) return Promise.reject(closedError())
      if (offer(item)) return Promise.resolve()
      if (signal?.aborted) return Promise.reject(givenUpError())
      waited++
      told(bytesOf(item))
      return waiting.join(item, signal)
    },
    offer,
    async take(max, mostBytes = Number.POSITIVE_INFINITY, weigh = bytesOf) {
      told(-shelf.letGo())
      waiting.fill()
      while (shelf.size() === 0 && !closed)
        await new Promise<void>((resolve) => {
          wakeTaker = resolve
        })
      const taken = shelf.take(max, mostBytes, weigh)
      waiting.fill()
      return taken
    },
    close() {
      closed = true
      waiting.refuse(closedError())
      wake()
    },
    get size() {
      return shelf.size()
    },
    get bytes() {
      return shelf.bytes()
    },
    get waited() {
      return waited
    },
  }
}

/** What has its place, in order, and what was taken last. */
function createShelf<T>({ limit, maxBytes, bytesOf }: QueueOptions<T>) {
  let items: T[] = []
  let bytes = 0
  /** Of what was taken last. */
  let inHand = 0

  /** How many of the first items go in one hand. */
  const handful = (max: number, mostBytes: number, weigh: (item: T) => number): number => {
    let count = 0
    let sum = 0
    for (const item of items) {
      if (count === max) break
      sum += weigh(item)
      if (count > 0 && sum > mostBytes) break
      count++
    }
    return count
  }

  return {
    fits: (item: T): boolean => items.length < limit && (bytes === 0 || bytes + bytesOf(item) <= maxBytes),
    add(item: T): void {
      items.push(item)
      bytes += bytesOf(item)
    },
    take(max: number, mostBytes: number, weigh: (item: T) => number): T[] {
      const count = handful(max, mostBytes, weigh)
      const taken = items.slice(0, count)
      items = items.slice(count)
      inHand = taken.reduce((sum, item) => sum + bytesOf(item), 0)
      return taken
    },
    /** What was taken last is done; gives its bytes. */
    letGo(): number {
      const done = inHand
      bytes -= done
      inHand = 0
      return done
    },
    size: () => items.length,
    bytes: () => bytes,
  }
}

interface WaitingOptions<T> {
  fits: (item: T) => boolean
  add: (item: T) => void
  /** Told of what went without a place. */
  onLeft: (item: T) => void
}

/** What waits for its place, in order. */
function createWaiting<T>({ fits, add, onLeft }: WaitingOptions<T>) {
  const waiting = new Set<{ item: T; placed: () => void; refused: (error: Error) => void }>()
  const fill = () => {
    for (const one of waiting) {
      if (!fits(one.item)) break
      waiting.delete(one)
      add(one.item)
      one.placed()
    }
  }
  return {
    fill,
    join: (item: T, signal: AbortSignal | undefined): Promise<void> =>
      new Promise((resolve, reject) => {
        const leave = () => {
          one.refused(givenUpError())
          fill()
        }
        const one = {
          item,
          placed() {
            signal?.removeEventListener('abort', leave)
            resolve()
          },
          refused(error: Error) {
            signal?.removeEventListener('abort', leave)
            waiting.delete(one)
            onLeft(item)
            reject(error)
          },
        }
        waiting.add(one)
        signal?.addEventListener('abort', leave)
      }),
    refuse(error: Error): void {
      for (const { refused } of waiting) refused(error)
    },
    size: () => waiting.size,
  }
}

const closedError = (): Error => new Error('Adding to a queue: it is closed')
const givenUpError = (): Error => new Error('Adding to a queue: given up before there was room')
