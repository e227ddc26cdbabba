import { readdirSync, readFileSync } from 'node:fs'
import { parseTrees } from '@fairmile/models/explain/trees.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { parseManifest } from '@fairmile/models/scoring/manifest.ts'
import { sha256Hex } from '../src/data/check-receipt.ts'

const artifacts = new URL('../../models/artifacts/', import.meta.url)

/** The newest driver model of the repository, as the cloud reads it. */
export function publishedModel(): PricingModel {
  const files = readdirSync(artifacts, { recursive: true, encoding: 'utf8' })
  const manifestAt = files
    .filter((file) => /^driver-[^/]*\/[^/]*\/manifest\.json$/.test(file))
    .sort()
    .at(-1)
  if (!manifestAt) throw new Error(`no driver model below ${artifacts.pathname}: run npm run train`)
  const read = (file: string) => readFileSync(new URL(file, artifacts), 'utf8')
  const manifest = read(manifestAt)
  const model = read(manifestAt.replace('manifest.json', 'model.json'))
  return {
    manifest: parseManifest(manifest),
    manifestHash: sha256Hex(manifest),
    modelHash: sha256Hex(model),
    trees: parseTrees(model),
  }
}
