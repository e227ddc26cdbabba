import { parseTrees } from '@fairmile/models/explain/trees.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { parseManifest } from '@fairmile/models/scoring/manifest.ts'
import { sha256Hex } from './check-receipt.ts'

/** Addresses of the driver models' files, which the build puts beside these pages. */
const addresses = import.meta.glob<string>('../../../models/artifacts/driver-*/*/{manifest,model}.json', {
  query: '?url',
  import: 'default',
  eager: true,
})

/**
 * The model of that name and version as it is published with these pages; null where it is not.
 *
 * @throws TypeError where a file cannot be fetched or read
 */
export async function publishedModel(name: string, version: string): Promise<PricingModel | null> {
  const address = (file: string) =>
    Object.entries(addresses).find(([path]) => path.endsWith(`/${name}/${version}/${file}`))?.[1]
  const [manifestAt, modelAt] = [address('manifest.json'), address('model.json')]
  if (!manifestAt || !modelAt) return null
  const [manifest, model] = await Promise.all([textOf(manifestAt), textOf(modelAt)])
  return {
    manifest: parseManifest(manifest),
    manifestHash: sha256Hex(manifest),
    modelHash: sha256Hex(model),
    trees: parseTrees(model),
  }
}

async function textOf(address: string): Promise<string> {
  const response = await fetch(address)
  if (!response.ok)
    throw new TypeError(`fetching the model from ${address}: answered with ${response.status}; reload the page`)
  return response.text()
}
