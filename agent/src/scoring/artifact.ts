import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The artifacts that came with this program. */
export const artifactsRoot = fileURLToPath(new URL('../../../models/artifacts', import.meta.url))

/** Name of the window model under the artifacts' root. */
export const windowModel = 'window-risk'

const numbers = (version: string): number[] => version.split('.').map(Number)

const newer = (a: string, b: string): number => {
  const [x, y] = [numbers(a), numbers(b)]
  return (y[0] ?? 0) - (x[0] ?? 0) || (y[1] ?? 0) - (x[1] ?? 0) || (y[2] ?? 0) - (x[2] ?? 0)
}

/** Folders of the window models under a root, the newest first; none where there are none. */
export const windowModelFolders = async (root = artifactsRoot): Promise<string[]> => {
  const folder = join(root, windowModel)
  try {
    const versions = (await readdir(folder)).filter((name) => /^\d+\.\d+\.\d+$/.test(name))
    return versions.sort(newer).map((version) => join(folder, version))
  } catch {
    return []
  }
}

/** Folder of the newest window model that came with this program, whole or not, or null where there is none. */
export const findWindowModel = async (): Promise<string | null> => (await windowModelFolders())[0] ?? null
