import { groupPaths, type Path, type PathGroup } from './path-groups.ts'
import { createPathShares, type PathShares } from './path-shares.ts'
import type { Tree, TreeModel } from './trees.ts'

/** Explains margins of one model; keeps its scratch memory from row to row. */
export interface TreeShap {
  /** Expected margin when no feature is known: `base` and all SHAP values of a row add up to its margin. */
  readonly base: number
  /** Writes the exact SHAP values of a row into `out`, one a feature; natural log for a log link. */
  explain(row: Float32Array, out: Float64Array): void
  /** The same for `n` rows, one after the other in one array, and so in `out`; to the last bit what `explain` gives. */
  explainRows(rows: Float32Array, n: number, out: Float64Array): void
}

/** A group of leaves, made ready for rows. */
interface Part {
  /** By split: which of a row's values goes left where it is less than which number. */
  columns: Int32Array
  thresholds: Float64Array
  /** Columns of the features that the leaves are below. */
  features: Int32Array
  /** What they add, by answer to all splits; null for one leaf that is too deep. */
  table: Float64Array | null
  /** The first leaf: the only one where there is no table, below `features` in this order. */
  path: Path
}

/**
 * Splits that a table may have: it has a line for each of their 2⁵ answers. A tree of depth 4 takes 5 kB, one of depth 5 20 kB;
 * with one split more that is 25 kB, and trees of depth 6, which then fit, take 100 kB each.
 */
const maxSplits = 5

/** Rows that pass one table before the next: their values and the table stay in a first-level cache of 32 kB. */
const blockRows = 32

/**
 * Exact path-dependent TreeSHAP (Lundberg, Erion and Lee 2018), equal to XGBoost's `pred_contribs`.
 *
 * What a leaf adds depends only on which of the splits above it let the row pass. So it is computed beforehand for every answer
 * that the splits above some neighbouring leaves can give (Yang 2021, Fast TreeSHAP v2), and a row is compared with these splits
 * and adds one line of a table. A leaf too deep for that is computed when a row comes. Sums run in the order of the trees and
 * take nothing but the four operations, so that they are the same bits everywhere.
 */
export function createTreeShap(model: TreeModel): TreeShap {
  const width = model.featureCount
  const shares = createPathShares(model.depth)
  const parts = model.trees.flatMap((tree) => groupPaths(tree, maxSplits).map((group) => partOf(group, width, shares)))
  // Each row twice: unknown is less than everything in the first copy, and more in the second.
  const values = new Float64Array(blockRows * 2 * width)
  const less = new Uint8Array(model.depth)
  const one = new Float64Array(model.depth)
  const added = new Float64Array(model.depth)

  function addDeep({ columns, thresholds, features, path }: Part, from: number, out: Float64Array, to: number): void {
    for (let i = 0; i < columns.length; i++) less[i] = Number(values[from + columns[i]!]! < thresholds[i]!)
    passes(path, less, one)
    shares(path.zero, one, path.value, added)
    for (let i = 0; i < features.length; i++) out[to + features[i]!]! += added[i]!
  }

  function addTable(part: Part, table: Float64Array, count: number, out: Float64Array, at: number): void {
    const { columns, thresholds, features } = part
    for (let row = 0; row < count; row++) {
      const from = row * 2 * width
      let answer = 0
      for (let i = 0; i < columns.length; i++)
        answer = (answer << 1) | Number(values[from + columns[i]!]! < thresholds[i]!)
      const line = answer * features.length
      const to = at + row * width
      for (let i = 0; i < features.length; i++) out[to + features[i]!]! += table[line + i]!
    }
  }

  function explainRows(rows: Float32Array, n: number, out: Float64Array): void {
    out.fill(0, 0, n * width)
    for (let begin = 0; begin < n; begin += blockRows) {
      const count = Math.min(blockRows, n - begin)
      for (let i = 0; i < count * width; i++) {
        const value = rows[begin * width + i]!
        const unknown = Number.isNaN(value)
        const at = i + Math.floor(i / width) * width
        values[at] = unknown ? Number.NEGATIVE_INFINITY : value
        values[at + width] = unknown ? Number.POSITIVE_INFINITY : value
      }
      for (const part of parts) {
        if (part.table) addTable(part, part.table, count, out, begin * width)
        else for (let row = 0; row < count; row++) addDeep(part, row * 2 * width, out, (begin + row) * width)
      }
    }
  }

  return {
    base: model.trees.reduce((base, tree) => base + meanOf(tree, 0), model.baseMargin),
    explain: (row, out) => explainRows(row, 1, out),
    explainRows,
  }
}

function partOf(group: PathGroup, width: number, shares: PathShares): Part {
  const { splits, features, paths } = group
  return {
    columns: Int32Array.from(splits, ({ feature, unknownLess }) => feature + (unknownLess ? 0 : width)),
    thresholds: Float64Array.from(splits, ({ threshold }) => threshold),
    features: Int32Array.from(features),
    table: splits.length > maxSplits ? null : tableOf(group, shares),
    path: paths[0]!,
  }
}

/** What the leaves of a group add, a line a combination of answers, the first split's in the highest bit. */
function tableOf({ splits, features, paths }: PathGroup, shares: PathShares): Float64Array {
  const table = new Float64Array((1 << splits.length) * features.length)
  const less = new Uint8Array(splits.length)
  const one = new Float64Array(features.length)
  const added = new Float64Array(features.length)
  for (let answer = 0; answer < 1 << splits.length; answer++) {
    for (let i = 0; i < splits.length; i++) less[i] = (answer >>> (splits.length - 1 - i)) & 1
    for (const path of paths) {
      passes(path, less, one)
      shares(path.zero, one, path.value, added)
      for (const [place, feature] of path.features.entries())
        table[answer * features.length + feature]! += added[place]!
    }
  }
  return table
}

/** Writes into `one`, by feature of the path, 1 where all its splits let the row pass, else 0. */
function passes({ steps, zero }: Path, less: Uint8Array, one: Float64Array): void {
  one.fill(1, 0, zero.length)
  for (const step of steps) if (less[step.split] !== Number(step.less)) one[step.feature] = 0
}

/** Mean of the leaves under a node, weighted by cover. */
function meanOf(tree: Tree, node: number): number {
  const left = tree.left[node]!
  if (left < 0) return tree.threshold[node]!
  const right = tree.right[node]!
  return (meanOf(tree, left) * tree.cover[left]! + meanOf(tree, right) * tree.cover[right]!) / tree.cover[node]!
}
