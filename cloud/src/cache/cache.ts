import type { Answer } from './answer.ts'
import type { CacheCounters, CacheOutcome } from './counters.ts'
import { createEpochs } from './epochs.ts'
import type { Far, FarStatistics, Invalidation } from './far.ts'
import { type CacheKey, type Compute, type Found, findAnswer } from './find-answer.ts'
import { globOf } from './glob.ts'
import { createMemory, type Entry, type MemoryStatistics } from './memory.ts'

/**
 * Longest that an answer is given again while invalidations of other processes cannot be heard, milliseconds: what a person takes for at
 * once, and long enough to spare the database a crowd.
 */
export const staleBoundMs = 2_000

export type { CacheKey }

export interface CacheStatistics {
  readonly memory: MemoryStatistics
  /** Null without Redis. */
  readonly redis: FarStatistics | null
}

/** Answers that were computed before, fresh: one interface over memory alone, and over memory before Redis. */
export interface Cache {
  /** An answer of this process's memory, at once; null where it has none. */
  peek: (text: string) => Pick<Entry, 'answer' | 'route'> | null
  /**
   * An answer from memory, from Redis, of another request under way, or computed. A null answer was computed and may not be kept.
   * What has been under way for `sharedMs` of the key is left to those who wait for it already.
   */
  through: (key: CacheKey, compute: Compute) => Promise<{ answer: Answer | null; outcome: CacheOutcome }>
  /** Makes sure that nothing computed before is given again, here now and in other processes when they hear of it. */
  invalidate: (what: Invalidation) => Promise<void>
  statistics: () => CacheStatistics
  close: () => Promise<void>
}

interface CacheOptions {
  readonly counters: CacheCounters
  /** Makes the layer that processes share, which tells what others invalidate. @default none */
  readonly far?: (heard: (what: Invalidation) => void) => Far
  /** @default 64 MiB */
  readonly maxBytes?: number
  /** Wall clock, epoch milliseconds. */
  readonly now?: () => number
  /** Monotonic clock, milliseconds. */
  readonly monotonicMs?: () => number
}

/** A cache of answers. Each key is computed once at a time in a process, and a value begun before an invalidation is never kept after it. */
export function createCache(options: CacheOptions): Cache {
  const { counters, far: connect, maxBytes, now = Date.now, monotonicMs = () => performance.now() } = options
  const epochs = createEpochs()
  const evicted = () => counters.evicted.inc()
  const memory = createMemory({ epochs, evicted, now, ...(maxBytes !== undefined && { maxBytes }) })
  const flights = new Map<string, { asOf: number; sinceMs: number; answer: Promise<Answer | null> }>()
  const far = connect?.((what) => forget(what, 'elsewhere')) ?? null

  function forget(what: Invalidation, from: 'here' | 'elsewhere'): void {
    if ('tags' in what) epochs.move(what.tags)
    else if ('pattern' in what) memory.drop(globOf(what.pattern))
    else epochs.moveAll()
    counters.invalidations.inc({ what: Object.keys(what)[0] ?? '', from })
  }

  const peek = (text: string): Entry | null => {
    const entry = memory.get(text)
    if (entry === undefined) return null
    if (far !== null && !far.hears() && monotonicMs() - entry.storedMs >= staleBoundMs) return null
    return entry
  }

  function put(text: string, entry: Entry): void {
    if (!memory.put(text, entry))
      counters.refused.inc({ reason: epochs.isFresh(entry.tags, entry.asOf) ? 'too_large' : 'stale' })
    counters.bytes.set(memory.statistics().bytes)
  }

  /** @param isNewest nobody has begun anew meanwhile: what they found is newer than what comes late */
  async function find(key: CacheKey, asOf: number, compute: Compute, isNewest: () => boolean): Promise<Found> {
    const found = await findAnswer(key, compute, { far, asOf, now, monotonicMs })
    if (found.entry && (isNewest() || !peek(key.text))) put(key.text, found.entry)
    return found
  }

  return {
    peek,
    through: async (key, compute) => {
      const { text, tags, sharedMs = Number.POSITIVE_INFINITY } = key
      const here = peek(text)
      if (here) return { answer: here.answer, outcome: 'hit' }
      const flight = flights.get(text)
      const sinceMs = monotonicMs()
      if (flight && sinceMs - flight.sinceMs < sharedMs && epochs.isFresh(tags, flight.asOf)) {
        const answer = await flight.answer.catch(() => null)
        if (answer) return { answer, outcome: 'shared' }
        return { answer: await compute(), outcome: 'miss' }
      }
      const asOf = epochs.now()
      const finding = find(key, asOf, compute, () => flights.get(text) === mine)
      const mine = { asOf, sinceMs, answer: finding.then(({ answer }) => answer) }
      mine.answer.catch(() => undefined) // told to who began it
      flights.set(text, mine)
      try {
        const found = await finding
        return { answer: found.answer, outcome: found.far ? 'far' : 'miss' }
      } finally {
        if (flights.get(text) === mine) flights.delete(text)
      }
    },
    invalidate: async (what) => {
      forget(what, 'here')
      await far?.invalidate(what)
    },
    statistics: () => ({ memory: memory.statistics(), redis: far?.statistics() ?? null }),
    close: async () => far?.close(),
  }
}
