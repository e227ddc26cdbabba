import { basename } from 'node:path'
import type { OpenScorer } from './window-scorer.ts'

/** A model that cannot be used, and why. */
export interface Refused {
  /** Name of its folder. */
  version: string
  reason: string
}

/** The installed models as rungs: the newest first, and each older one a step down. */
export interface ModelLadder {
  /** Opens the next model downwards that can be used; null after the last, and then begins at the newest again. */
  next(): Promise<OpenScorer | null>
  /** What could not be used so far, by version. */
  readonly refused: readonly Refused[]
}

/** Steps down the folders of models, the newest first; one that cannot be opened is told and left out. */
export function createModelLadder(options: {
  folders: readonly string[]
  open: (folder: string) => Promise<OpenScorer>
  tell?: (refused: Refused) => void
}): ModelLadder {
  const { folders, open, tell } = options
  const refused = new Map<string, Refused>()
  let at = 0
  return {
    async next() {
      while (at < folders.length) {
        const folder = folders[at++]!
        const version = basename(folder)
        try {
          const opened = await open(folder)
          refused.delete(version)
          return opened
        } catch (error) {
          const found = { version, reason: error instanceof Error ? error.message : String(error) }
          refused.set(version, found)
          tell?.(found)
        }
      }
      at = 0
      return null
    },
    get refused() {
      return [...refused.values()]
    },
  }
}
