import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { type HashBytes, inclusionPath, merkleRoot, toHex } from './merkle.ts'
import { nodeBytes, pathPlaces, treeNodes } from './merkle-nodes.ts'

const hash: HashBytes = (bytes) => createHash('sha256').update(bytes).digest()

test('treeNodes and pathPlaces give the root and the way of every leaf of trees of any size', () => {
  for (const size of [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 31, 33, 70, 1_201]) {
    const leaves = Array.from({ length: size }, (_, n) => hash(Uint8Array.of(n % 256, n >> 8)))
    const work = treeNodes(leaves, hash)
    let step = work.next()
    while (!step.done) step = work.next()
    const nodes = step.value
    const at = (place: number): string => toHex(nodes.subarray(place * nodeBytes, (place + 1) * nodeBytes))
    assert.equal(at(nodes.length / nodeBytes - 1), toHex(merkleRoot(leaves, hash)))
    for (const index of size < 100 ? leaves.keys() : [0, 700, 1_199, 1_200])
      assert.deepEqual(pathPlaces(size, index).map(at), inclusionPath(leaves, index, hash).map(toHex))
  }
  assert.throws(() => pathPlaces(8, 8), RangeError)
})
