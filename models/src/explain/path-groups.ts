import type { Tree } from './trees.ts'

/** A split: less goes left, and unknown where `unknownLess`. */
export interface Split {
  feature: number
  threshold: number
  unknownLess: boolean
}

/** The way from the root to a leaf. */
export interface Path {
  /** Of the leaf. */
  value: number
  /** Its features, each once, as places in the features of the group. */
  features: number[]
  /** By feature of the path: the share of rows that pass its splits on the path when it is unknown. */
  zero: Float64Array
  /** Its splits, as places in the splits of the group, the way taken, and the place of the feature in the path. */
  steps: { split: number; less: boolean; feature: number }[]
}

/** Leaves of one tree that lie beside each other, with all splits above them. */
export interface PathGroup {
  splits: Split[]
  /** Columns of the features that are asked, each once. */
  features: number[]
  paths: Path[]
}

interface Above {
  split: number
  less: boolean
  share: number
}

/**
 * Parts the leaves of a tree into groups of neighbours, each as large as it can be with no more than `maxSplits` splits above its
 * leaves; a leaf below more splits than that is a group of its own.
 */
export function groupPaths(tree: Tree, maxSplits: number): PathGroup[] {
  const groups: PathGroup[] = []

  function descend(node: number, splits: readonly Split[], above: readonly Above[]): void {
    const left = tree.left[node]!
    if (left < 0 || splits.length + splitsBelow(tree, node) <= maxSplits) {
      const group: PathGroup = { splits: [...splits], features: [], paths: [] }
      collect(tree, node, group, above)
      if (group.splits.length > 0) groups.push(group)
      return
    }
    const below = [...splits, splitOf(tree, node)]
    for (const step of waysOn(tree, node, splits.length)) descend(step.child, below, [...above, step])
  }

  descend(0, [], [])
  return groups
}

/** Adds the leaves below a node to a group. */
function collect(tree: Tree, node: number, group: PathGroup, above: readonly Above[]): void {
  if (tree.left[node]! < 0) {
    group.paths.push(pathOf(tree.threshold[node]!, above, group))
    return
  }
  const split = group.splits.push(splitOf(tree, node)) - 1
  for (const step of waysOn(tree, node, split)) collect(tree, step.child, group, [...above, step])
}

function pathOf(value: number, above: readonly Above[], group: PathGroup): Path {
  const features: number[] = []
  const zero: number[] = []
  const steps = above.map(({ split, less, share }) => {
    const inGroup = placeOf(group.splits[split]!.feature, group.features)
    const feature = placeOf(inGroup, features)
    zero[feature] = (zero[feature] ?? 1) * share
    return { split, less, feature }
  })
  return { value, features, zero: Float64Array.from(zero), steps }
}

/** Place of an item in a list, to which it is added where it is not there. */
function placeOf(item: number, list: number[]): number {
  const found = list.indexOf(item)
  return found >= 0 ? found : list.push(item) - 1
}

function splitOf(tree: Tree, node: number): Split {
  return {
    feature: tree.feature[node]!,
    threshold: tree.threshold[node]!,
    unknownLess: tree.defaultLeft[node] === 1,
  }
}

function waysOn(tree: Tree, node: number, split: number): (Above & { child: number })[] {
  const way = (child: number, less: boolean) => ({ split, less, child, share: tree.cover[child]! / tree.cover[node]! })
  return [way(tree.left[node]!, true), way(tree.right[node]!, false)]
}

function splitsBelow(tree: Tree, node: number): number {
  const left = tree.left[node]!
  return left < 0 ? 0 : 1 + splitsBelow(tree, left) + splitsBelow(tree, tree.right[node]!)
}
