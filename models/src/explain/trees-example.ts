/** A split with its children, or a leaf's value: less than `below` goes to `less`, unknown as well where `unknownLess`. */
export type Node = number | { feature: number; below: number; unknownLess: boolean; less: Node; more: Node }

/** The text of an XGBoost `model.json` with these trees; a leaf weighs more the larger its value is. For tests. */
export function modelJson(
  roots: readonly Node[],
  featureCount: number,
  objective = 'count:poisson',
  baseScore = '[1E0]',
): string {
  return JSON.stringify({
    learner: {
      objective: { name: objective },
      learner_model_param: {
        base_score: baseScore,
        num_feature: String(featureCount),
        num_class: '0',
        num_target: '1',
      },
      gradient_booster: { name: 'gbtree', model: { trees: roots.map(columns) } },
    },
    version: [3, 0, 0],
  })
}

function columns(root: Node): Record<string, number[]> {
  const tree = {
    left_children: [] as number[],
    right_children: [] as number[],
    split_indices: [] as number[],
    split_conditions: [] as number[],
    default_left: [] as number[],
    sum_hessian: [] as number[],
    split_type: [] as number[],
  }
  const add = (node: Node): number => {
    const index = tree.left_children.length
    const split = typeof node === 'number' ? null : node
    tree.left_children.push(-1)
    tree.right_children.push(-1)
    tree.split_indices.push(split?.feature ?? 0)
    tree.split_conditions.push(split?.below ?? (node as number))
    tree.default_left.push(split?.unknownLess ? 1 : 0)
    tree.sum_hessian.push(coverOf(node))
    tree.split_type.push(0)
    if (split) {
      tree.left_children[index] = add(split.less)
      tree.right_children[index] = add(split.more)
    }
    return index
  }
  add(root)
  return tree
}

/** Rows below a node: leaves weigh by their value, so that no two shares are alike. */
function coverOf(node: Node): number {
  return typeof node === 'number' ? 10 + Math.abs(node) * 10 : coverOf(node.less) + coverOf(node.more)
}
