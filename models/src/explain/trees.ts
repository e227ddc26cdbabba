/** One regression tree in columns; a node is a leaf where `left` is −1. */
export interface Tree {
  left: Int32Array
  right: Int32Array
  /** Column of the feature that the node asks. */
  feature: Int32Array
  /** Split: less goes left. Leaf: its value. */
  threshold: Float32Array
  /** 1 where an unknown value goes left. */
  defaultLeft: Uint8Array
  /** Sum of hessians of the training rows that came by. */
  cover: Float64Array
}

/** A boosted model of one output, read from XGBoost's `model.json`. */
export interface TreeModel {
  /** Margin before any tree. */
  baseMargin: number
  trees: Tree[]
  featureCount: number
  /** Nodes on the longest way from a root to a leaf. */
  depth: number
}

interface TreeJson {
  left_children: number[]
  right_children: number[]
  split_indices: number[]
  split_conditions: number[]
  default_left: (number | boolean)[]
  sum_hessian: number[]
  split_type: number[]
}

interface ModelJson {
  learner: {
    objective: { name: string }
    learner_model_param: { base_score: string; num_feature: string; num_target?: string; num_class?: string }
    gradient_booster: { name: string; model: { trees: TreeJson[] } }
  }
}

/** How XGBoost turns `base_score` into a margin, by objective. */
const links: Record<string, (score: number) => number> = {
  'count:poisson': Math.log,
  'binary:logistic': (score) => Math.log(score / (1 - score)),
  'reg:squarederror': (score) => score,
}

/**
 * Reads the trees of a model that XGBoost saved as JSON.
 *
 * @throws TypeError for a booster, objective or split that this code does not evaluate
 */
export function parseTrees(text: string): TreeModel {
  const { learner } = JSON.parse(text) as ModelJson
  const link = links[learner.objective.name]
  if (!link) throw refusal(`the objective "${learner.objective.name}"`, Object.keys(links).join(', '))
  const { name, model } = learner.gradient_booster
  if (name !== 'gbtree') throw refusal(`the booster "${name}"`, 'gbtree')
  if (Number(learner.learner_model_param.num_class ?? 0) > 1) throw refusal('several outputs', 'one output')
  // XGBoost 3 writes a vector, "[5E-1]"; earlier ones a number.
  const score = Number(learner.learner_model_param.base_score.replace(/[[\]]/g, ''))
  const trees = model.trees.map(readTree)
  return {
    baseMargin: Math.fround(link(score)),
    trees,
    featureCount: Number(learner.learner_model_param.num_feature),
    depth: Math.max(0, ...trees.map((tree) => depthOf(tree, 0))),
  }
}

function readTree(tree: TreeJson): Tree {
  if (tree.split_type.some((type) => type !== 0)) throw refusal('a categorical split', 'numerical splits')
  return {
    left: Int32Array.from(tree.left_children),
    right: Int32Array.from(tree.right_children),
    feature: Int32Array.from(tree.split_indices),
    threshold: Float32Array.from(tree.split_conditions),
    defaultLeft: Uint8Array.from(tree.default_left, Number),
    cover: Float64Array.from(tree.sum_hessian),
  }
}

function depthOf(tree: Tree, node: number): number {
  const left = tree.left[node]!
  return left < 0 ? 1 : 1 + Math.max(depthOf(tree, left), depthOf(tree, tree.right[node]!))
}

function refusal(found: string, known: string): TypeError {
  return new TypeError(`reading a model's trees: ${found} is not evaluated here, only ${known}`)
}

/** The child of a node to which a row goes; an unknown value (NaN) goes the way that training found best. */
export function childOf(tree: Tree, node: number, row: Float32Array): number {
  const value = row[tree.feature[node]!]!
  const goesLeft = Number.isNaN(value) ? tree.defaultLeft[node] === 1 : value < tree.threshold[node]!
  return goesLeft ? tree.left[node]! : tree.right[node]!
}

/** The margin of one row, summed in float32 as XGBoost does. */
export function marginOf(model: TreeModel, row: Float32Array): number {
  let margin = model.baseMargin
  for (const tree of model.trees) {
    let node = 0
    while (tree.left[node]! >= 0) node = childOf(tree, node, row)
    margin = Math.fround(margin + tree.threshold[node]!)
  }
  return margin
}
