import { childOf, type Tree, type TreeModel } from './trees.ts'

/** Explains margins of one model; keeps its scratch memory from row to row. */
export interface TreeShap {
  /** Expected margin when no feature is known: `base` and all SHAP values of a row add up to its margin. */
  readonly base: number
  /** Adds the exact SHAP values of a row into `out`, one a feature, after clearing it; natural log for a log link. */
  explain(row: Float32Array, out: Float64Array): void
}

/**
 * Exact path-dependent TreeSHAP (Lundberg, Erion and Lee 2018, algorithm 2), equal to XGBoost's `pred_contribs`.
 *
 * The way from the root is kept as its unique features with the share of rows that pass when the feature is unknown
 * (`zero`), whether the row passes (`one`), and the weights of the subsets by size. Each depth has its own copy.
 */
export function createTreeShap(model: TreeModel): TreeShap {
  const width = model.depth + 2
  const size = width * (width + 1)
  const feature = new Int32Array(size)
  const zero = new Float64Array(size)
  const one = new Float64Array(size)
  const weight = new Float64Array(size)

  function extend(at: number, length: number, zeroShare: number, oneShare: number, column: number): void {
    const end = at + length
    feature[end] = column
    zero[end] = zeroShare
    one[end] = oneShare
    weight[end] = length === 0 ? 1 : 0
    for (let i = length - 1; i >= 0; i--) {
      weight[at + i + 1]! += (oneShare * weight[at + i]! * (i + 1)) / (length + 1)
      weight[at + i] = (zeroShare * weight[at + i]! * (length - i)) / (length + 1)
    }
  }

  /** Takes the element `index` out of a way whose last element is at `last`. */
  function unwind(at: number, last: number, index: number): void {
    const oneShare = one[at + index]!
    const zeroShare = zero[at + index]!
    let next = weight[at + last]!
    for (let i = last - 1; i >= 0; i--) {
      if (oneShare !== 0) {
        const kept = weight[at + i]!
        weight[at + i] = (next * (last + 1)) / ((i + 1) * oneShare)
        next = kept - (weight[at + i]! * zeroShare * (last - i)) / (last + 1)
      } else {
        weight[at + i] = (weight[at + i]! * (last + 1)) / (zeroShare * (last - i))
      }
    }
    for (let i = index; i < last; i++) {
      feature[at + i] = feature[at + i + 1]!
      zero[at + i] = zero[at + i + 1]!
      one[at + i] = one[at + i + 1]!
    }
  }

  /** Sum of the weights that `unwind` would leave. */
  function unwoundSum(at: number, last: number, index: number): number {
    const oneShare = one[at + index]!
    const zeroShare = zero[at + index]!
    let next = weight[at + last]!
    let sum = 0
    for (let i = last - 1; i >= 0; i--) {
      if (oneShare !== 0) {
        const kept = (next * (last + 1)) / ((i + 1) * oneShare)
        sum += kept
        next = weight[at + i]! - (kept * zeroShare * (last - i)) / (last + 1)
      } else sum += (weight[at + i]! * (last + 1)) / (zeroShare * (last - i))
    }
    return sum
  }

  /** `at` is where the way to the node begins, `length` how many elements it has already. */
  function walk(
    tree: Tree,
    node: number,
    from: number,
    length: number,
    share: { zero: number; one: number; column: number },
    row: Float32Array,
    out: Float64Array,
  ): void {
    const at = from + length
    for (let i = 0; i < length; i++) {
      feature[at + i] = feature[from + i]!
      zero[at + i] = zero[from + i]!
      one[at + i] = one[from + i]!
      weight[at + i] = weight[from + i]!
    }
    extend(at, length, share.zero, share.one, share.column)
    const left = tree.left[node]!
    if (left < 0) {
      for (let i = 1; i <= length; i++) {
        const part = unwoundSum(at, length, i) * (one[at + i]! - zero[at + i]!) * tree.threshold[node]!
        out[feature[at + i]!]! += part
      }
      return
    }
    const column = tree.feature[node]!
    const hot = childOf(tree, node, row)
    const cold = hot === left ? tree.right[node]! : left
    let known = 1
    while (known <= length && feature[at + known] !== column) known++
    let zeroBefore = 1
    let oneBefore = 1
    let last = length
    if (known <= length) {
      zeroBefore = zero[at + known]!
      oneBefore = one[at + known]!
      unwind(at, length, known)
      last -= 1
    }
    const cover = tree.cover[node]!
    const hotShare = { zero: (tree.cover[hot]! / cover) * zeroBefore, one: oneBefore, column }
    const coldShare = { zero: (tree.cover[cold]! / cover) * zeroBefore, one: 0, column }
    walk(tree, hot, at, last + 1, hotShare, row, out)
    walk(tree, cold, at, last + 1, coldShare, row, out)
  }

  let base = model.baseMargin
  for (const tree of model.trees) base += meanOf(tree, 0)
  return {
    base,
    explain(row, out) {
      out.fill(0)
      for (const tree of model.trees) {
        if (tree.left[0]! >= 0) walk(tree, 0, 0, 0, { zero: 1, one: 1, column: -1 }, row, out)
      }
    },
  }
}

/** Mean of the leaves under a node, weighted by cover. */
function meanOf(tree: Tree, node: number): number {
  const left = tree.left[node]!
  if (left < 0) return tree.threshold[node]!
  const right = tree.right[node]!
  return (meanOf(tree, left) * tree.cover[left]! + meanOf(tree, right) * tree.cover[right]!) / tree.cover[node]!
}
