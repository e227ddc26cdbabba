import type { TreeModel } from '../explain/trees.ts'
import type { Manifest } from '../scoring/manifest.ts'

/** A driver model as files: what prices are made and checked with. */
export interface PricingModel {
  manifest: Manifest
  /** SHA-256 of `manifest.json` and of `model.json`, hex. */
  manifestHash: string
  modelHash: string
  trees: TreeModel
}
