import type { Invalidation } from '../cache/far.ts'

/** Invalidations that may be owed: minutes of a busy service. One more, and everything is owed, which is one. */
const maxDebts = 10_000

/** Invalidations that Redis was not told yet. */
export interface Debts {
  owe: (what: Invalidation) => void
  /** Takes one off, once Redis took it. */
  paid: (what: Invalidation) => void
  /** One that is owed, the oldest first; null where nothing is. */
  next: () => Invalidation | null
  count: () => number
}

export function createDebts({ limit = maxDebts } = {}): Debts {
  const owed = new Set<Invalidation>()
  return {
    owe: (what) => {
      if (owed.size >= limit) {
        owed.clear()
        owed.add({ all: true })
      } else owed.add(what)
    },
    paid: (what) => void owed.delete(what),
    next: () => owed.values().next().value ?? null,
    count: () => owed.size,
  }
}
