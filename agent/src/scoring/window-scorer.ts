import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLiveCauses, type LiveCauses } from '@fairmile/models/explain/live-causes.ts'
import { createTreeShap } from '@fairmile/models/explain/tree-shap.ts'
import { parseTrees } from '@fairmile/models/explain/trees.ts'
import { windowFeatures } from '@fairmile/models/features/window.ts'
import type { Manifest } from '@fairmile/models/scoring/manifest.ts'
import { createScorer, type Scorer } from '@fairmile/models/scoring/scorer.ts'
import { openModel } from './onnx.ts'

/** The window model, ready to score and to explain its scores, and what closes it. */
export interface OpenScorer {
  scorer: Scorer
  causes: LiveCauses
  close(): Promise<void>
}

/** The trees as text, as the manifest promises them. */
const readModelJson = async (folder: string, { name, version, files }: Manifest): Promise<string> => {
  const text = await readFile(join(folder, 'model.json'), 'utf8')
  if (createHash('sha256').update(text).digest('hex') === files['model.json']) return text
  throw new Error(
    `Using the model ${name} ${version}: model.json has not the manifest's hash. Install the artifact again.`,
  )
}

/**
 * Opens the window model of an artifact's folder.
 *
 * @throws Error when the artifact is damaged, or was trained on other features than this program computes.
 */
export const openWindowScorer = async (folder: string): Promise<OpenScorer> => {
  const { manifest, infer, close } = await openModel(folder)
  const ours = windowFeatures.map(({ name }) => name)
  if (manifest.kind !== 'window' || manifest.features.join() !== ours.join()) {
    await close()
    throw new Error(
      `Using the model ${manifest.name} ${manifest.version}: it was trained on other features (${manifest.features.join(', ')}). Install the artifact of this release.`,
    )
  }
  const trees = parseTrees(await readModelJson(folder, manifest))
  const causes = createLiveCauses({ shap: createTreeShap(trees), features: manifest.features })
  return { scorer: createScorer({ manifest, infer }), causes, close }
}
