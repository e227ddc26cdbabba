import { marginOf } from '@fairmile/models/explain/trees.ts'
import type { PricingModel } from '@fairmile/models/pricing/receipt.ts'
import type { Infer } from '@fairmile/models/scoring/scorer.ts'

/** What scores in this browser: the published trees of the model, walked as a receipt's check walks them. */
export async function openEngine({ manifest, trees }: PricingModel): Promise<Infer> {
  const width = manifest.features.length
  return async (rows, n) =>
    Float32Array.from({ length: n }, (_, index) => marginOf(trees, rows.subarray(index * width, (index + 1) * width)))
}
