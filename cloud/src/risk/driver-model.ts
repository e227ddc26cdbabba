import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseTrees } from '@fairmile/models/explain/trees.ts'
import { judge, marginTolerance, type PricingModel } from '@fairmile/models/pricing/receipt.ts'
import { inferByTrees } from '@fairmile/models/scoring/infer-by-trees.ts'
import { type Manifest, parseManifest } from '@fairmile/models/scoring/manifest.ts'
import { checkParity, parseParity } from '@fairmile/models/scoring/parity.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { checkSignature, type Trust } from '@fairmile/models/scoring/signature.ts'
import { messageOf } from '../errors.ts'
import { driverModelName, driverModelsDir, driverVersions, readTrust } from './driver-artifacts.ts'
import { openOnnx } from './onnx.ts'

/** An open driver model: its inference engine for margins, its trees for reasons and receipts. */
export interface DriverModel extends PricingModel {
  readonly infer: Infer
  close: () => Promise<void>
}

/** A version that cannot be used, and why. */
export interface RefusedVersion {
  version: string
  reason: string
}

interface OpenOptions {
  /** A folder of versions. @default the models of this release */
  folder?: string
  /** Told of each newer version that cannot be used. */
  refused?: (refused: RefusedVersion) => void
}

/**
 * Opens the newest version of the driver model that can be used.
 *
 * @returns null where there is none
 */
export async function openDriverModel({
  folder = driverModelsDir,
  refused,
}: OpenOptions = {}): Promise<DriverModel | null> {
  const versions = await driverVersions(folder)
  if (versions.length === 0) return null
  const trust = await readTrust(folder)
  for (const version of versions) {
    try {
      return await openDriverVersion(version, { folder, trust })
    } catch (error) {
      refused?.({ version, reason: messageOf(error) })
    }
  }
  return null
}

/**
 * Opens one version of the driver model.
 *
 * @throws Error where it was not released by whom is trusted, a file is not the one in the manifest, it does not take the features of this
 * code, or answers otherwise than in training
 */
export async function openDriverVersion(
  version: string,
  { folder = driverModelsDir, trust }: { folder?: string; trust: Trust },
): Promise<DriverModel> {
  const dir = join(folder, version)
  try {
    const manifestBytes = await readFile(join(dir, 'manifest.json'))
    const signature = await readFile(join(dir, 'manifest.sig'), 'utf8').catch(() => null)
    checkSignature(manifestBytes, signature, trust)
    const manifest = parseManifest(manifestBytes.toString())
    if (manifest.kind !== 'driver') throw new Error(`it is a ${manifest.kind} model`)
    if (manifest.name !== driverModelName || manifest.version !== version)
      throw new Error(`it is ${manifest.name} ${manifest.version}, which has another place`)
    for (const name of ['model.onnx', 'model.json', 'parity.json'])
      if (sha256(await readFile(join(dir, name))) !== manifest.files[name])
        throw new Error(`"${name}" is not the file that the manifest names; export it again`)
    return await openEngine(dir, manifest, sha256(manifestBytes))
  } catch (cause) {
    throw new Error(`Opening the model in "${dir}": ${messageOf(cause)}`, { cause })
  }
}

async function openEngine(dir: string, manifest: Manifest, manifestHash: string): Promise<DriverModel> {
  const trees = parseTrees(await readFile(join(dir, 'model.json'), 'utf8'))
  const parity = parseParity(await readFile(join(dir, 'parity.json'), 'utf8'))
  const width = manifest.features.length
  await checkParity(manifest, parity, inferByTrees(trees, width))
  const onnx = await openOnnx({ folder: dir, width })
  const modelHash = manifest.files['model.json'] ?? ''
  const model = { manifest, manifestHash, modelHash, trees, ...onnx }
  try {
    await checkParity(manifest, parity, model.infer)
    await compareEngines(model)
    return model
  } catch (error) {
    await model.close()
    throw error
  }
}

/** Judges a driver of whom nothing is known with both files, so that a model that does not fit is found before a driver is. */
async function compareEngines(model: DriverModel): Promise<void> {
  const { features, margin: expected } = judge([], model)
  const [margin] = await model.infer(new Float32Array(features.length).fill(Number.NaN), 1)
  if (margin === undefined || !(Math.abs(margin - expected) <= marginTolerance))
    throw new Error(`ONNX gives ${margin} where the trees give ${expected}; export it again`)
}

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')
