import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  fromHex,
  type HashBytes,
  inclusionPath,
  leafHash,
  merkleRoot,
  receiptLeaf,
  rootOfPath,
  toHex,
} from './merkle.ts'

const hash: HashBytes = (bytes) => createHash('sha256').update(bytes).digest()
/** Leaves and roots of certificate-transparency's test vectors for RFC 6962, whose trees are those of RFC 9162. */
const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const leaves = entries.map((entry) => leafHash(fromHex(entry), hash))
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

test('merkleRoot gives the known roots of RFC 6962 and 9162', () => {
  for (const [size, root] of roots.entries()) assert.equal(toHex(merkleRoot(leaves.slice(0, size), hash)), root)
})

test('inclusionPath gives the known ways of RFC 6962 and 9162', () => {
  assert.deepEqual(inclusionPath(leaves, 0, hash).map(toHex), [
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ])
  assert.deepEqual(inclusionPath(leaves, 5, hash).map(toHex), [
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  ])
  assert.throws(() => inclusionPath(leaves, 8, hash), RangeError)
})

const sizes = fc.integer({ min: 1, max: 70 }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)))
const treeOf = (size: number): Uint8Array[] =>
  Array.from({ length: size }, (_, n) =>
    receiptLeaf(toHex(hash(Uint8Array.of(n))).slice(0, 32), toHex(hash(Uint8Array.of(n, 1))), hash),
  )

test('rootOfPath leads every leaf to the root of its tree, and nothing else does', () => {
  fc.assert(
    fc.property(sizes, fc.nat(), ([size, index], at) => {
      const tree = treeOf(size)
      const root = toHex(merkleRoot(tree, hash))
      const path = inclusionPath(tree, index, hash)
      const rootOf = (changes: Partial<Parameters<typeof rootOfPath>[0]>): string | null => {
        const found = rootOfPath({ leaf: tree[index]!, index, size, path, ...changes }, hash)
        return found && toHex(found)
      }
      assert.equal(rootOf({}), root)
      assert.notEqual(rootOf({ leaf: hash(tree[index]!) }), root)
      if (size > 1) assert.notEqual(rootOf({ index: (index + 1 + (at % (size - 1))) % size }), root)
      assert.equal(rootOf({ path: [...path, tree[0]!] }), null)
      if (path.length > 0) {
        assert.notEqual(rootOf({ path: path.slice(1) }), root)
        const changed = path.map((each, n) => (n === at % path.length ? hash(each) : each))
        assert.notEqual(rootOf({ path: changed }), root)
      }
    }),
    { seed: 5, numRuns: 200 },
  )
})

test('fromHex reads what toHex writes, and nothing else', () => {
  assert.deepEqual(fromHex('00ff10'), Uint8Array.of(0, 255, 16))
  assert.equal(toHex(fromHex('00ff10')), '00ff10')
  for (const text of ['0', 'FF', 'g0']) assert.throws(() => fromHex(text), TypeError)
})
