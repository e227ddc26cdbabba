import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Name of the window model under the artifacts' root. */
const windowModel = 'window-risk'

const numbers = (version: string): number[] => version.split('.').map(Number)

const newer = (a: string, b: string): number => {
  const [x, y] = [numbers(a), numbers(b)]
  return (y[0] ?? 0) - (x[0] ?? 0) || (y[1] ?? 0) - (x[1] ?? 0) || (y[2] ?? 0) - (x[2] ?? 0)
}

/** Folder of the newest window model that came with this program, or null where there is none. */
export const findWindowModel = async (): Promise<string | null> => {
  const root = fileURLToPath(new URL(`../../../models/artifacts/${windowModel}`, import.meta.url))
  try {
    const versions = (await readdir(root)).filter((name) => /^\d+\.\d+\.\d+$/.test(name)).sort(newer)
    return versions[0] === undefined ? null : join(root, versions[0])
  } catch {
    return null
  }
}
