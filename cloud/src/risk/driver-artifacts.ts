import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { verify } from '@fairmile/contract/chain.ts'
import { parseTrustedKeys, type Trust } from '@fairmile/models/scoring/signature.ts'

/** Name of the driver model, as in its manifests and in the registry. */
export const driverModelName = 'driver-risk'

/** Where the driver models are, a folder a version. */
export const driverModelsDir = fileURLToPath(import.meta.resolve(`@fairmile/models/artifacts/${driverModelName}`))

/** Versions of the driver model that lie in a folder, the newest first; none where there is no such folder. */
export async function driverVersions(folder = driverModelsDir): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const versions = names.filter((name) => /^\d/.test(name))
  return versions.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
}

/** The keys beside the models of a folder: only what they signed is used. @throws Error where they cannot be read */
export async function readTrust(folder = driverModelsDir): Promise<Trust> {
  const path = join(dirname(folder), 'trusted-keys.json')
  return { keys: parseTrustedKeys(await readFile(path, 'utf8')), verify }
}
