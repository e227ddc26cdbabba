/** Who waits for the end of sessions: sockets, which would else outlive them. */
export interface Watchers {
  /** Calls `ended` once, where the session ends; the returned function waits no longer. */
  add: (token: string, userId: string, ended: () => void) => () => void
  /** Tells those who wait for the end of this session. */
  tell: (token: string) => void
  /** Sessions of a user that somebody waits for. */
  tokensOf: (userId: string) => string[]
}

/** Nobody waits yet. What is kept is a set for each session that is waited for. */
export function createWatchers(): Watchers {
  const watched = new Map<string, { userId: string; waiting: Set<() => void> }>()
  return {
    add: (token, userId, ended) => {
      const entry = watched.get(token) ?? { userId, waiting: new Set() }
      watched.set(token, entry)
      // A function of this call alone: one that waits twice is told twice.
      const tell = () => ended()
      entry.waiting.add(tell)
      return () => {
        if (entry.waiting.delete(tell) && entry.waiting.size === 0 && watched.get(token) === entry)
          watched.delete(token)
      }
    },
    tell: (token) => {
      const entry = watched.get(token)
      watched.delete(token)
      for (const ended of entry?.waiting ?? []) ended()
    },
    tokensOf: (userId) => [...watched].filter(([, entry]) => entry.userId === userId).map(([token]) => token),
  }
}
