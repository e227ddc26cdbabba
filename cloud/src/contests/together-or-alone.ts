import { isDatabaseAway } from '../db/sql-state.ts'

interface Work<T> {
  /** Does it for some, all or none. */
  readonly work: (some: readonly T[]) => Promise<number>
  /** Told of each for which it fails also alone. */
  readonly failed: (item: T, error: unknown) => void | Promise<void>
  readonly signal?: AbortSignal | undefined
}

/**
 * Does work for several together, and where that fails in halves, down to each alone: what cannot be done holds up none of the others.
 *
 * @returns the sum of what the work gave
 * @throws where the database is away or it is to end, which is nobody's failure
 */
export async function togetherOrAlone<T>(items: readonly T[], options: Work<T>): Promise<number> {
  const { work, failed, signal } = options
  if (items.length === 0) return 0
  try {
    return await work(items)
  } catch (error) {
    if (signal?.aborted || isDatabaseAway(error)) throw error
    if (items.length === 1) {
      await failed(items[0]!, error)
      return 0
    }
    const middle = items.length >> 1
    const first = await togetherOrAlone(items.slice(0, middle), options)
    return first + (await togetherOrAlone(items.slice(middle), options))
  }
}
