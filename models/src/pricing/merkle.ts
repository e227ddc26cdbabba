/** SHA-256 of bytes; comes in as a parameter, so that this code runs anywhere. */
export type HashBytes = (bytes: Uint8Array) => Uint8Array

/** Hash of a leaf (RFC 9162, 2.1.1): SHA-256(0x00 ‖ entry). */
export const leafHash = (entry: Uint8Array, hash: HashBytes): Uint8Array => hash(joined(Uint8Array.of(0), entry))

/** The leaf of a receipt: its salt and the SHA-256 of its text, both hex. Without the salt nobody can try what it is of. */
export const receiptLeaf = (salt: string, receiptHash: string, hash: HashBytes): Uint8Array =>
  leafHash(joined(fromHex(salt), fromHex(receiptHash)), hash)

/** The tree hash of leaves (RFC 9162, 2.1.1); of none, the hash of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[], hash: HashBytes): Uint8Array {
  const [only] = leaves
  if (only === undefined) return hash(new Uint8Array())
  if (leaves.length === 1) return only
  const k = split(leaves.length)
  return nodeHash(merkleRoot(leaves.slice(0, k), hash), merkleRoot(leaves.slice(k), hash), hash)
}

/** The way from a leaf to the root (RFC 9162, 2.1.3.1): the hashes beside it, the nearest first. @throws RangeError for a leaf that is none */
export function inclusionPath(leaves: readonly Uint8Array[], index: number, hash: HashBytes): Uint8Array[] {
  if (!(Number.isInteger(index) && index >= 0 && index < leaves.length))
    throw new RangeError(`proving leaf ${index} of ${leaves.length}: there is none`)
  if (leaves.length === 1) return []
  const k = split(leaves.length)
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
  return index < k
    ? [...inclusionPath(left, index, hash), merkleRoot(right, hash)]
    : [...inclusionPath(right, index - k, hash), merkleRoot(left, hash)]
}

/** Where a leaf stands: its number, the size of its tree, and the way to the root. */
export interface Inclusion {
  leaf: Uint8Array
  index: number
  size: number
  path: readonly Uint8Array[]
}

/** The root that a leaf and its way lead to (RFC 9162, 2.1.3.2); null where the way does not fit index and size. */
export function rootOfPath({ leaf, index, size, path }: Inclusion, hash: HashBytes): Uint8Array | null {
  if (!(Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size)) return null
  let [fn, sn] = [index, size - 1]
  let root = leaf
  for (const beside of path) {
    if (sn === 0) return null
    if (fn % 2 === 1 || fn === sn) {
      root = nodeHash(beside, root, hash)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)]
    } else root = nodeHash(root, beside, hash)
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 ? root : null
}

/** Bytes of lower-case hex digits. @throws TypeError for any other text */
export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new TypeError(`reading hex: "${text}" is no lower-case hex`)
  return Uint8Array.from({ length: text.length / 2 }, (_, n) => Number.parseInt(text.slice(2 * n, 2 * n + 2), 16))
}

/** Lower-case hex digits of bytes. */
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** Hash of a node from those below it (RFC 9162, 2.1.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array, hash: HashBytes): Uint8Array {
  return hash(joined(Uint8Array.of(1), left, right))
}

/** The largest power of two below a size of two or more. */
const split = (size: number): number => 2 ** Math.floor(Math.log2(size - 1))

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
