import { setTimeout as wait } from 'node:timers/promises'

/** How often a condition is looked at, ms. */
const everyMs = 20

/**
 * Waits until something holds, and gives what was found.
 *
 * @throws {Error} naming what was waited for, once `timeoutMs` have passed
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  { timeoutMs = 60_000, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<Exclude<T, false | null | undefined>> {
  const lateMs = performance.now() + timeoutMs
  for (;;) {
    signal?.throwIfAborted()
    const found = await look()
    if (found !== false && found !== null && found !== undefined) return found as Exclude<T, false | null | undefined>
    if (performance.now() > lateMs) throw new Error(`Waiting for ${what}: not within ${timeoutMs} ms`)
    await wait(everyMs)
  }
}
