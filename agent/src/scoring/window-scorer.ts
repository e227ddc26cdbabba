import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createLiveCauses, type LiveCauses } from '@fairmile/models/explain/live-causes.ts'
import { createTreeShap } from '@fairmile/models/explain/tree-shap.ts'
import { parseTrees } from '@fairmile/models/explain/trees.ts'
import { windowFeatures } from '@fairmile/models/features/window.ts'
import { inferByTrees } from '@fairmile/models/scoring/infer-by-trees.ts'
import type { Manifest } from '@fairmile/models/scoring/manifest.ts'
import { checkParity, parseParity } from '@fairmile/models/scoring/parity.ts'
import { createScorer, type Infer, type Scorer } from '@fairmile/models/scoring/scorer.ts'
import { checkSignature, type Trust } from '@fairmile/models/scoring/signature.ts'
import { windowModel } from './artifact.ts'
import { type OpenModel, openModel } from './onnx.ts'

/** The window model, ready to score and to explain its scores, and what closes it. */
export interface OpenScorer {
  scorer: Scorer
  causes: LiveCauses
  /** Largest difference of its answers to the artifact's own rows. */
  parityError: number
  close(): Promise<void>
}

export interface OpenScorerOptions {
  /** Whose models are taken, under the name and the version of their folder; null takes any model, as for trying one out. @default null */
  trust?: Trust | null
  /** Opens the engine of a folder. @default onnxruntime in this thread */
  open?: (folder: string) => Promise<OpenModel>
  /** Longest answer of the engine to the artifact's own rows, milliseconds. @default as long as it takes */
  parityMs?: number
}

/**
 * Opens the window model of an artifact's folder, after it has answered its own rows as in training.
 *
 * @throws Error when the artifact is damaged or not released by whom is trusted, answers otherwise than in training, or was
 * trained on other features than this program computes.
 */
export const openWindowScorer = async (
  folder: string,
  { trust = null, open = openModel, parityMs }: OpenScorerOptions = {},
): Promise<OpenScorer> => {
  if (trust !== null) await checkRelease(folder, trust)
  const { manifest, infer, close } = await open(folder)
  try {
    checkFit(manifest)
    if (trust !== null) checkPlace(folder, manifest)
    const trees = parseTrees(await readPart(folder, 'model.json', manifest))
    const parity = parseParity(await readPart(folder, 'parity.json', manifest))
    await checkParity(manifest, parity, inferByTrees(trees, manifest.features.length))
    const parityError = await checkParity(manifest, parity, parityMs === undefined ? infer : inTime(infer, parityMs))
    const causes = createLiveCauses({ shap: createTreeShap(trees), features: manifest.features })
    return { scorer: createScorer({ manifest, infer }), causes, parityError, close }
  } catch (cause) {
    void close().catch(() => {})
    throw refusal(`${manifest.name} ${manifest.version}`, cause)
  }
}

const refusal = (model: string, cause: unknown): Error =>
  new Error(`Using the model ${model}: ${cause instanceof Error ? cause.message : cause}`, { cause })

function checkFit({ kind, features }: Manifest): void {
  if (kind === 'window' && features.join() === windowFeatures.map(({ name }) => name).join()) return
  throw new Error(`it was trained on other features (${features.join(', ')}). Install the artifact of this release.`)
}

async function checkRelease(folder: string, trust: Trust): Promise<void> {
  const signature = await readFile(join(folder, 'manifest.sig'), 'utf8').catch(() => null)
  try {
    checkSignature(await readFile(join(folder, 'manifest.json')), signature, trust)
  } catch (cause) {
    throw refusal(`in "${folder}"`, cause)
  }
}

/** An older release under a newer number would be taken for the newest. */
function checkPlace(folder: string, { name, version }: Manifest): void {
  if (name === windowModel && version === basename(folder)) return
  throw new Error(`it lies in "${folder}", which is another one's place. Install the artifact again.`)
}

/** A file as the manifest promises it. */
async function readPart(folder: string, part: string, { files }: Manifest): Promise<string> {
  const text = await readFile(join(folder, part), 'utf8')
  if (createHash('sha256').update(text).digest('hex') === files[part]) return text
  throw new Error(`${part} has not the manifest's hash. Install the artifact again.`)
}

const inTime =
  (infer: Infer, limitMs: number): Infer =>
  async (rows, n) => {
    const { promise, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(new Error(`no answer to its own rows in ${limitMs} ms`)), limitMs)
    return await Promise.race([infer(rows, n), promise]).finally(() => clearTimeout(timer))
  }
