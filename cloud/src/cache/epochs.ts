/** Tags whose newest change is remembered: every driver and trip of a busy hour, about 10 MB. The one changed longest ago makes room. */
const maxTags = 100_000

/** A clock that ticks at each invalidation, and when each tag was last invalidated by it. */
export interface Epochs {
  /** The tick now: taken before something is computed, it tells later whether that is still right. */
  now: () => number
  /** Invalidates everything that was computed under these tags before; the cost does not grow with what that is. */
  move: (tags: readonly string[]) => void
  /** Invalidates all that was computed before. */
  moveAll: () => void
  /** Whether nothing under these tags was invalidated since that tick. */
  isFresh: (tags: readonly string[], asOf: number) => boolean
}

/**
 * Invalidation by the moment of computing: what was computed at tick n under a tag is right as long as the tag has not moved since n.
 * No entry is looked for or deleted, and what was being computed during an invalidation is found to be stale when it is done.
 */
export function createEpochs({ tags: limit = maxTags } = {}): Epochs {
  /** In order of their last move, the oldest first. */
  const movedAt = new Map<string, number>()
  let tick = 0
  /** Nothing from before this tick counts: the last move of all, or of a tag that was forgotten. */
  let floor = 0

  return {
    now: () => tick,
    move: (tags) => {
      tick++
      for (const tag of tags) {
        movedAt.delete(tag)
        movedAt.set(tag, tick)
      }
      for (const [tag, at] of movedAt) {
        if (movedAt.size <= limit) return
        movedAt.delete(tag)
        floor = at
      }
    },
    moveAll: () => {
      floor = ++tick
      movedAt.clear()
    },
    isFresh: (tags, asOf) => {
      if (asOf < floor) return false
      for (const tag of tags) if ((movedAt.get(tag) ?? 0) > asOf) return false
      return true
    },
  }
}
