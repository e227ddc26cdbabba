import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Parity } from '@fairmile/models/explain/parity-rows.ts'

const artifacts = fileURLToPath(new URL('../../../models/artifacts', import.meta.url))

/** A model's folder with what its rows look like. */
export interface BenchArtifact {
  folder: string
  version: string
  width: number
  parity: Parity
}

/**
 * The newest version of an artifact.
 *
 * @param root folder of `NAME/VERSION/`. @default that of the repository
 */
export function benchArtifact(name: string, root = artifacts): BenchArtifact {
  const versions = readdirSync(join(root, name)).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const version = versions.at(-1)
  if (version === undefined) throw new Error(`Looking for the newest "${name}": there is none in "${root}"`)
  const folder = join(root, name, version)
  const parity: Parity = JSON.parse(readFileSync(join(folder, 'parity.json'), 'utf8'))
  return { folder, version, width: parity.rows[0]?.length ?? 0, parity }
}
