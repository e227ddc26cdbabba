import { marginOf, type TreeModel } from '../explain/trees.ts'
import type { Infer } from './scorer.ts'

/** An engine that asks the trees of `model.json` one after the other: to compare with one that runs `model.onnx`. */
export const inferByTrees =
  (trees: TreeModel, width: number): Infer =>
  async (rows, n) =>
    Float32Array.from({ length: n }, (_, index) => marginOf(trees, rows.subarray(index * width, (index + 1) * width)))
