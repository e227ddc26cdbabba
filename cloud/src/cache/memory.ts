import type { Answer } from './answer.ts'
import type { Epochs } from './epochs.ts'

/** Bytes of answers that are kept in memory: some ten thousand answers of a few kilobytes. The one not asked for longest makes room. */
const maxMemoryBytes = 64 * 1024 * 1024
/** A larger answer is not kept: no route that is worth it gives one, and it would push out hundreds. */
export const maxAnswerBytes = 1024 * 1024
/** What an entry costs beside its body and key: headers, tags, and its place in the map, estimated. */
const entryBytes = 1_024

/** An answer that is kept, and what it depends on. */
export interface Entry {
  readonly answer: Answer
  /** The path that was asked for, without its parameters. */
  readonly path: string
  /** The route that takes it. */
  readonly route: string
  readonly tags: readonly string[]
  /** Tick of the epochs before it was computed. */
  readonly asOf: number
  /** Monotonic clock, milliseconds. */
  readonly storedMs: number
  /** Wall clock, epoch milliseconds: processes share it. */
  readonly expiresMs: number
}

interface MemoryOptions {
  readonly epochs: Epochs
  /** @default 64 MiB */
  readonly maxBytes?: number
  /** Told of each entry that made room for another. */
  readonly evicted: () => void
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number
}

export interface MemoryStatistics {
  readonly entries: number
  readonly bytes: number
  readonly maxBytes: number
  /** Entries that made room for others, since the start. */
  readonly evicted: number
}

/** Answers in this process's memory. */
export interface Memory {
  get: (key: string) => Entry | undefined
  /** Keeps an answer; false where its tags moved since it was begun, or it is too large. */
  put: (key: string, entry: Entry) => boolean
  /** Drops what has such a path, and refuses what is being computed; gives how many. */
  drop: (isMeant: (path: string) => boolean) => number
  statistics: () => MemoryStatistics
}

/** Bounded memory for answers: the one not asked for longest makes room. */
export function createMemory({ epochs, evicted, maxBytes = maxMemoryBytes, now = Date.now }: MemoryOptions): Memory {
  /** In order of use, the oldest first. */
  const entries = new Map<string, Entry>()
  let bytes = 0
  let evictedCount = 0
  /** What was begun before this tick may have a path that was dropped meanwhile. */
  let droppedAt = 0

  function remove(key: string, entry: Entry): void {
    entries.delete(key)
    bytes -= sizeOf(key, entry)
  }

  return {
    get: (key) => {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entries.delete(key)
      if (entry.expiresMs > now() && epochs.isFresh(entry.tags, entry.asOf)) {
        entries.set(key, entry)
        return entry
      }
      bytes -= sizeOf(key, entry)
      return undefined
    },
    put: (key, entry) => {
      const size = sizeOf(key, entry)
      if (entry.answer.body.length > maxAnswerBytes || size > maxBytes) return false
      if (entry.asOf < droppedAt || !epochs.isFresh(entry.tags, entry.asOf)) return false
      const before = entries.get(key)
      if (before) remove(key, before)
      entries.set(key, entry)
      bytes += size
      for (const [oldest, its] of entries) {
        if (bytes <= maxBytes) break
        remove(oldest, its)
        evictedCount++
        evicted()
      }
      return true
    },
    drop: (isMeant) => {
      epochs.move([])
      droppedAt = epochs.now()
      let count = 0
      for (const [key, entry] of entries) {
        if (!isMeant(entry.path)) continue
        remove(key, entry)
        count++
      }
      return count
    },
    statistics: () => ({ entries: entries.size, bytes, maxBytes, evicted: evictedCount }),
  }
}

const sizeOf = (key: string, { answer }: Entry): number => answer.body.length + key.length + entryBytes
