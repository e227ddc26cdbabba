import type { After } from '../clock.ts'
import type { OpenScorer } from './window-scorer.ts'

/** The longest pause before the models are tried again where all of them fail: a minute costs nothing and mends by itself. */
const maxRetryMs = 60_000
const firstRetryMs = 1000

/** The model that takes over from one that is set aside. */
export interface Successor {
  /** Opens it beforehand: done at the first doubt, so that nobody waits for it. */
  prepare(): void
  /** Gives it, in the end, whatever it takes; null once all is closed. */
  take(): Promise<OpenScorer | null>
  /** The model in use has proved itself: the next pause is none. */
  well(): void
  close(): Promise<void>
}

/** @param options.next opens the next model to be tried; null where there is none left, and then begins anew */
export function createSuccessor({ next, after }: { next: () => Promise<OpenScorer | null>; after: After }): Successor {
  let spare: Promise<OpenScorer | null> | null = null
  let retryMs = 0
  let closed = false
  const closing = Promise.withResolvers<void>()

  const open = (): Promise<OpenScorer | null> => next().catch(() => null)

  /** The first time it is none: where there is one model alone, its engine may be at fault. */
  const pause = async (): Promise<void> => {
    const passed = Promise.withResolvers<void>()
    const cancel = after(retryMs, passed.resolve)
    retryMs = Math.min(maxRetryMs, Math.max(firstRetryMs, retryMs * 2))
    await Promise.race([passed.promise, closing.promise])
    cancel()
  }

  return {
    prepare() {
      spare ??= open()
    },
    async take() {
      const prepared = spare
      spare = null
      let model = await (prepared ?? open())
      while (model === null && !closed) {
        await pause()
        if (!closed) model = await open()
      }
      if (!closed) return model
      await model?.close().catch(() => {})
      return null
    },
    well() {
      retryMs = 0
    },
    async close() {
      closed = true
      closing.resolve()
      await (await spare)?.close()
    },
  }
}
