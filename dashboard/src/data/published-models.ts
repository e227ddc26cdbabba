import { parseTrees } from '@fairmile/models/explain/trees.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { parseManifest } from '@fairmile/models/scoring/manifest.ts'
import { sha256Hex } from './check-receipt.ts'

/** Addresses of the driver models' files, which the build puts beside these pages. */
const addresses = import.meta.glob<string>(
  '../../../models/artifacts/driver-*/*/{manifest.json,model.json,model.onnx}',
  {
    query: '?url',
    import: 'default',
    eager: true,
  },
)

/**
 * The model of that name and version as it is published with these pages; null where it is not.
 *
 * @throws TypeError where a file cannot be fetched or read
 */
export async function publishedModel(name: string, version: string): Promise<PricingModel | null> {
  const [manifestAt, modelAt] = [addressOf(name, version, 'manifest.json'), addressOf(name, version, 'model.json')]
  if (!manifestAt || !modelAt) return null
  const text = async (address: string): Promise<string> => (await fetchFile(address)).text()
  const [manifest, model] = await Promise.all([text(manifestAt), text(modelAt)])
  return {
    manifest: parseManifest(manifest),
    manifestHash: sha256Hex(manifest),
    modelHash: sha256Hex(model),
    trees: parseTrees(model),
  }
}

/** The bytes of `model.onnx` of a published model. @throws TypeError where they cannot be fetched */
export async function publishedOnnx(name: string, version: string): Promise<Uint8Array> {
  const address = addressOf(name, version, 'model.onnx')
  if (!address) throw new TypeError(`fetching the model ${name} ${version}: it is not published with these pages`)
  return new Uint8Array(await (await fetchFile(address)).arrayBuffer())
}

function addressOf(name: string, version: string, file: string): string | undefined {
  return Object.entries(addresses).find(([path]) => path.endsWith(`/${name}/${version}/${file}`))?.[1]
}

async function fetchFile(address: string): Promise<Response> {
  const response = await fetch(address)
  if (!response.ok)
    throw new TypeError(`fetching the model from ${address}: answered with ${response.status}; reload the page`)
  return response
}
