/** What waits for an answer of the broker. */
interface Waiting {
  readonly sinceMs: number
  readonly giveUp: (reason: string) => void
}

/** Follows what was sent and is not answered, with one timer for all of it. */
export interface Answers {
  /** Begins to wait; call what it returns when the answer is there. */
  expect(giveUp: (reason: string) => void): () => void
  /** Gives up everything that waits. */
  giveUpAll(reason: string): void
}

/** Calls `onLate` where the oldest has waited longer than the limit. */
export function createAnswers({ limitMs, onLate }: { limitMs: number; onLate: () => void }): Answers {
  /** In the order of their beginning: the first is the oldest. */
  const waiting = new Set<Waiting>()
  let timer: NodeJS.Timeout | null = null

  const look = () => {
    timer = null
    const [oldest] = waiting
    if (!oldest) return
    const leftMs = oldest.sinceMs + limitMs - performance.now()
    if (leftMs <= 0) onLate()
    else timer = setTimeout(look, leftMs)
  }
  return {
    expect(giveUp) {
      const entry: Waiting = { sinceMs: performance.now(), giveUp }
      waiting.add(entry)
      timer ??= setTimeout(look, limitMs)
      return () => void waiting.delete(entry)
    },
    giveUpAll(reason) {
      const given = [...waiting]
      waiting.clear()
      if (timer) clearTimeout(timer)
      timer = null
      for (const { giveUp } of given) giveUp(reason)
    },
  }
}
