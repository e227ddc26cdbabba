import { windowFeatures } from '@fairmile/models/features/window.ts'
import { createScorer, type Scorer } from '@fairmile/models/scoring/scorer.ts'
import { openModel } from './onnx.ts'

/** The window model, ready to score, and what closes it. */
export interface OpenScorer {
  scorer: Scorer
  close(): Promise<void>
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
  return { scorer: createScorer({ manifest, infer }), close }
}
