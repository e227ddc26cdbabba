import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseTrees } from '@fairmile/models/explain/trees.ts'
import { judge, marginTolerance, type PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { parseManifest } from '@fairmile/models/scoring/manifest.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { openOnnx } from './onnx.ts'

/** Where the driver models are, a folder a version. */
const driverModelsDir = fileURLToPath(import.meta.resolve('@fairmile/models/artifacts/driver-risk'))

/** The live driver model: its inference engine for margins, its trees for reasons and receipts. */
export interface DriverModel extends PricingModel {
  readonly infer: Infer
  close: () => Promise<void>
}

/**
 * Opens the newest version of the driver model.
 *
 * @returns null where there is none
 * @throws Error where a file is not the one in the manifest, or the model does not take the features of this code
 */
export async function openDriverModel({ folder = driverModelsDir } = {}): Promise<DriverModel | null> {
  const version = await newestVersion(folder)
  if (version === null) return null
  const dir = join(folder, version)
  const manifestText = await readFile(join(dir, 'manifest.json'), 'utf8')
  const manifest = parseManifest(manifestText)
  if (manifest.kind !== 'driver') throw new Error(`Opening the model in "${dir}": it is a ${manifest.kind} model`)
  for (const name of ['model.onnx', 'model.json'])
    if (sha256(await readFile(join(dir, name))) !== manifest.files[name])
      throw new Error(
        `Opening the model in "${dir}": "${name}" is not the file that the manifest names; export it again`,
      )
  const treesText = await readFile(join(dir, 'model.json'), 'utf8')
  const onnx = await openOnnx({ folder: dir, width: manifest.features.length })
  const model = {
    manifest,
    manifestHash: sha256(manifestText),
    modelHash: manifest.files['model.json'] ?? '',
    trees: parseTrees(treesText),
    ...onnx,
  }
  await compareEngines(model, dir)
  return model
}

/** Judges a driver of whom nothing is known with both files, so that a model that does not fit is found before a driver is. */
async function compareEngines(model: DriverModel, dir: string): Promise<void> {
  const { features, margin: expected } = judge([], model)
  const [margin] = await model.infer(new Float32Array(features.length).fill(Number.NaN), 1)
  if (margin === undefined || !(Math.abs(margin - expected) <= marginTolerance))
    throw new Error(
      `Opening the model in "${dir}": ONNX gives ${margin} where the trees give ${expected}; export it again`,
    )
}

async function newestVersion(folder: string): Promise<string | null> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const versions = names.filter((name) => /^\d/.test(name))
  return versions.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1) ?? null
}

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')
