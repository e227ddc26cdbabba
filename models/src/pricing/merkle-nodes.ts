import { type HashBytes, nodeHash } from './merkle.ts'

/** Bytes of a node. */
export const nodeBytes = 32
/** Nodes between two breaths. */
const chunk = 500

/**
 * Every node of the tree of leaves (RFC 9162), level by level from the leaves up, one behind the other. A node without one beside it stands again on
 * the level above. Yields now and then, so that others get their turn.
 */
export function* treeNodes(leaves: readonly Uint8Array[], hash: HashBytes): Generator<void, Uint8Array> {
  const nodes = new Uint8Array(nodeBytes * (levelStarts(leaves.length).at(-1) ?? 0))
  for (const [place, leaf] of leaves.entries()) nodes.set(leaf, place * nodeBytes)
  const node = (place: number): Uint8Array => nodes.subarray(place * nodeBytes, (place + 1) * nodeBytes)
  const starts = levelStarts(leaves.length)
  let size = leaves.length
  for (let level = 0; size > 1; level++, size = Math.ceil(size / 2)) {
    const [from, to] = [starts[level] ?? 0, starts[level + 1] ?? 0]
    for (let n = 0; 2 * n < size; n++) {
      const left = node(from + 2 * n)
      nodes.set(2 * n + 1 < size ? nodeHash(left, node(from + 2 * n + 1), hash) : left, (to + n) * nodeBytes)
      if (n % chunk === chunk - 1) yield
    }
  }
  return nodes
}

/** Where among the nodes of a tree the way from a leaf to the root stands, the nearest first. @throws RangeError for a leaf that is none */
export function pathPlaces(size: number, index: number): number[] {
  if (!(Number.isInteger(index) && index >= 0 && index < size))
    throw new RangeError(`proving leaf ${index} of ${size}: there is none`)
  const places: number[] = []
  const starts = levelStarts(size)
  let [n, left] = [index, size]
  for (let level = 0; left > 1; level++, n = Math.floor(n / 2), left = Math.ceil(left / 2)) {
    const beside = n % 2 === 0 ? n + 1 : n - 1
    if (beside < left) places.push((starts[level] ?? 0) + beside)
  }
  return places
}

/** Where each level begins, and after the last one how many nodes there are. */
function levelStarts(size: number): number[] {
  const starts = [0]
  for (let left = size; left > 0; left = left > 1 ? Math.ceil(left / 2) : 0) starts.push((starts.at(-1) ?? 0) + left)
  return starts
}
