/** Longest that a request waits for Redis, milliseconds: what a small query of the database takes. */
const defaultPatienceMs = 10
/** So many unanswered questions in a row, and Redis is left alone for a while. */
const maxFailures = 3
/** How long it is left alone, milliseconds. */
const restMs = 1_000

/** What became of a question: its answer, or why there is none. */
export type Asked<T> = { readonly value: T } | { readonly problem: 'slow' | 'error' }

/** Keeps a slow Redis from slowing requests down. */
export interface Circuit {
  /** False while Redis is left alone. */
  isClosed: () => boolean
  /** Waits for an answer, but not for long. Never throws. */
  ask: <T>(question: Promise<T>) => Promise<Asked<T>>
}

/**
 * @param options.patienceMs longest wait for an answer, milliseconds
 * @param options.monotonicMs monotonic clock, milliseconds
 */
export function createCircuit({ patienceMs = defaultPatienceMs, monotonicMs = () => performance.now() } = {}): Circuit {
  let failures = 0
  let openUntilMs = Number.NEGATIVE_INFINITY

  function note<T>(asked: Asked<T>): Asked<T> {
    if ('value' in asked) failures = 0
    else if (++failures >= maxFailures) {
      openUntilMs = monotonicMs() + restMs
      failures = 0
    }
    return asked
  }

  return {
    isClosed: () => monotonicMs() >= openUntilMs,
    ask: (question) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve(note({ problem: 'slow' })), patienceMs)
        question.then(
          (value) => {
            clearTimeout(timer)
            resolve(note({ value }))
          },
          () => {
            clearTimeout(timer)
            resolve(note({ problem: 'error' }))
          },
        )
      }),
  }
}
