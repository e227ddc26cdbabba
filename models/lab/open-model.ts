import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256 } from '../cli/artifacts.ts'
import { parseTrees } from '../src/explain/trees.ts'
import { driverFeaturesNamed } from '../src/features/driver.ts'
import type { PricingModel } from '../src/pricing/receipt.ts'
import { parseManifest } from '../src/scoring/manifest.ts'

const driverModels = fileURLToPath(new URL('../artifacts/driver-risk', import.meta.url))

/**
 * Opens the model in a folder, of drivers or of windows.
 *
 * @throws Error where the folder has no manifest, its `model.json` is another file, or a driver model asks for unknown features
 */
export function openModel(folder: string): PricingModel {
  const manifestText = readText(join(folder, 'manifest.json'), folder)
  const manifest = parseManifest(manifestText)
  const modelText = readText(join(folder, 'model.json'), folder)
  const modelHash = sha256(modelText)
  if (modelHash !== manifest.files['model.json'])
    throw new Error(
      `opening the model in "${folder}": model.json is not the file that the manifest names; export it again`,
    )
  if (manifest.kind === 'driver') driverFeaturesNamed(manifest.features)
  return { manifest, manifestHash: sha256(manifestText), modelHash, trees: parseTrees(modelText) }
}

/** The driver model that is used today: the highest version. */
export function openPresentModel(): PricingModel {
  const newest = readdirSync(driverModels)
    .filter((name) => /^\d/.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1)
  if (newest === undefined)
    throw new Error(`there is no driver model in "${driverModels}"; train one with npm run train`)
  return openModel(join(driverModels, newest))
}

function readText(path: string, folder: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new Error(
      `opening the model in "${folder}": there is no ${path.slice(folder.length + 1)}; name the folder of one version, as in models/artifacts/driver-risk/1.0.0`,
      { cause },
    )
  }
}
