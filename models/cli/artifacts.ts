import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RatingPlan } from '@fairmile/contract/rating-plan.ts'
import type { PublishedThresholds } from '../src/events/thresholds.ts'
import { parseTrees } from '../src/explain/trees.ts'
import { parseRatingPlan } from '../src/pricing/rating-plan.ts'
import type { PricingModel } from '../src/pricing/receipt.ts'
import { parseManifest } from '../src/scoring/manifest.ts'

/** SHA-256 of a text or of a file's bytes, hex. */
export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** SHA-256 of bytes, as bytes. */
export const sha256Bytes = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

/**
 * Finds the artifact whose `model.json` has that hash; null where there is none.
 *
 * @param root folder of `NAME/VERSION/{manifest.json,model.json}`
 * @throws Error that names the manifest which cannot be read, or where a file of the artifact was changed
 */
export function findModel(root: string, modelHash: string): PricingModel | null {
  for (const path of globSync('*/*/manifest.json', { cwd: root })) {
    const { text, manifest } = readAs(join(root, path), (text) => ({ text, manifest: parseManifest(text) }))
    if (manifest.files['model.json'] !== modelHash) continue
    const file = join(root, path, '..', 'model.json')
    const model = readFileSync(file)
    if (sha256(model) !== modelHash)
      throw new Error(
        `loading model "${manifest.name}" ${manifest.version}: "${file}" is not the file that its manifest names; restore it`,
      )
    return { manifest, manifestHash: sha256(text), modelHash, trees: parseTrees(model.toString()) }
  }
  return null
}

/** The published plans: every `*.json` of a folder. @throws Error that names the file and what is wrong with it, or the folder in which there is none */
export function readPlans(folder: string): RatingPlan[] {
  const files = globSync('*.json', { cwd: folder }).map((file) => join(folder, file))
  if (files.length === 0) throw new Error(`reading "${folder}": there is no plan in it`)
  return files.map((file) => readAs(file, parseRatingPlan))
}

/** The published tables of thresholds: every `*.json` of a folder. @throws Error that names the file which is none, or the folder in which there is none */
export function readThresholds(folder: string): PublishedThresholds[] {
  const files = globSync('*.json', { cwd: folder }).map((file) => join(folder, file))
  if (files.length === 0) throw new Error(`reading "${folder}": there is no table of thresholds in it`)
  return files.map((file) => readAs(file, parseTable))
}

/** As it is, with the fields of its release: what is not known here is part of its hash too. */
function parseTable(text: string): PublishedThresholds {
  const table: unknown = JSON.parse(text)
  if (typeof table === 'object' && table !== null && 'version' in table && typeof table.version === 'string')
    return table as PublishedThresholds
  throw new TypeError('this JSON is no table of thresholds, it has no version')
}

function readAs<T>(file: string, parse: (text: string) => T): T {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new Error(`reading "${file}": ${cause instanceof Error ? cause.message : cause}`, { cause })
  }
}
