import { marginOf } from '@fairmile/models/explain/trees.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'
import { createBrowserInfer } from './onnx.ts'

/** The published trees, walked as a receipt's check walks them: slower, and there at once. */
export function treeEngine({ manifest, trees }: PricingModel): Infer {
  const width = manifest.features.length
  return async (rows, n) =>
    Float32Array.from({ length: n }, (_, index) => marginOf(trees, rows.subarray(index * width, (index + 1) * width)))
}

/**
 * What scores in this browser: the cloud's own engine on the model's ONNX file.
 *
 * It has megabytes, so it is fetched when the first question is asked, and the trees answer until it is there, or where it cannot be had:
 * both give the same margins, to the rounding of float32.
 *
 * @param onnx gives the bytes of `model.onnx`
 */
export function openEngine(model: PricingModel, onnx: () => Promise<Uint8Array>): Infer {
  let engine = treeEngine(model)
  let isFetched = false
  return (rows, n) => {
    if (!isFetched) {
      isFetched = true
      void onnx()
        .then((bytes) => createBrowserInfer(bytes, model.manifest.features.length))
        .then((infer) => {
          engine = infer
        })
        .catch((error: unknown) => console.warn('The trees go on scoring:', error))
    }
    return engine(rows, n)
  }
}
