import { artifactsRoot, windowModelFolders } from './artifact.ts'
import { createModelLadder, type ModelLadder, type Refused } from './model-ladder.ts'
import type { OpenModel } from './onnx.ts'
import { readTrust } from './trust.ts'
import { openWindowScorer } from './window-scorer.ts'

/** A model answers its 48 rows in some milliseconds. */
const parityMs = 500

export interface InstalledOptions {
  /** Opens the engine of a folder. @default onnxruntime in this thread */
  open?: (folder: string) => Promise<OpenModel>
  /** Told of each model that cannot be used. */
  tell?: (refused: Refused) => void
  /** Folder of the artifacts and of the keys that they are signed with. @default those that came with this program */
  root?: string
}

/** The installed window models that are released by whom is trusted; null where none is installed. @throws Error where the keys cannot be read */
export async function installedModels({
  open,
  tell,
  root = artifactsRoot,
}: InstalledOptions = {}): Promise<ModelLadder | null> {
  const folders = await windowModelFolders(root)
  if (folders.length === 0) return null
  const trust = await readTrust(root)
  return createModelLadder({
    folders,
    open: (folder) => openWindowScorer(folder, { trust, parityMs, ...(open && { open }) }),
    ...(tell && { tell }),
  })
}
