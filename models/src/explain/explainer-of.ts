import { createTreeShap, type TreeShap } from './tree-shap.ts'
import type { TreeModel } from './trees.ts'

/** Explainers by model: to make one takes as long as to explain a thousand drivers. */
const explainers = new WeakMap<TreeModel, TreeShap>()

/** What explains margins of these trees; made once for each model. */
export function explainerOf(trees: TreeModel): TreeShap {
  const explainer = explainers.get(trees) ?? createTreeShap(trees)
  explainers.set(trees, explainer)
  return explainer
}
